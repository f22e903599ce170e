package dev.stacked.runtime.app.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files by the paths under which they are served. The page asks for its files under a path that holds the hash of
 * them all, so that a browser need never ask twice; ES modules name each other relative to that path.
 */
final class WebFiles {
    private static final String PAGE = "page/index.html";
    private static final String LIBRARY = "client/";
    /** Where the library finds the server that it comes from. */
    private static final String BASE_URL = "client/base-url.js";

    private static final String ROOT = "\"/\"";

    private final Map<String, StaticFile> byPath = new HashMap<>();

    /** @param basePath the path under which browsers find the server; empty for none */
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

    /** A text as it stands between double quotes in HTML. */
    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
