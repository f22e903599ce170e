package dev.stacked.runtime.app.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files by their paths. The page loads its files from a path that contains their common hash, so that a browser can
 * cache them for good; ES modules import each other relative to that path.
 */
final class WebFiles {
    private static final String PAGE = "page/index.html";
    private static final String LIBRARY = "client/";
    /** The file that holds the library's default server URL. */
    private static final String BASE_URL = "client/base-url.js";

    private static final String ROOT = "\"/\"";

    private final Map<String, StaticFile> byPath = new HashMap<>();

    /** @param basePath path of the server as seen by browsers; empty for the root */
    WebFiles(SortedMap<String, byte[]> read, PageConfig config, String basePath) {
        SortedMap<String, byte[]> contents = new TreeMap<>(read);
        contents.computeIfPresent(BASE_URL, (path, content) -> baseUrl(content, basePath));
        String assets = "/assets/" + ContentHash.of(contents);
        contents.forEach((path, content) -> {
            if (path.equals(PAGE)) {
                byPath.put("/", StaticFile.of(page(content, basePath + assets, config), FileHeaders.page()));
                return;
            }
            byPath.put(assets + "/" + path, StaticFile.of(content, FileHeaders.immutable(path)));
            if (path.startsWith(LIBRARY)) {
                byPath.put("/" + path, StaticFile.of(content, FileHeaders.changing(path)));
            }
        });
    }

    Map<String, StaticFile> byPath() {
        return Map.copyOf(byPath);
    }

    private static byte[] baseUrl(byte[] content, String basePath) {
        return utf8(text(content).replace(ROOT, "\"" + basePath + "/\""));
    }

    private static byte[] page(byte[] template, String assets, PageConfig config) {
        return utf8(text(template).replace("{{assets}}", assets).replace("{{config}}", attribute(config.toJson())));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Escapes a text for a double-quoted attribute in HTML. */
    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
