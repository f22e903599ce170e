package dev.stacked.runtime.app.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * All files by the paths under which they are served. The page asks for its files under a path that holds the hash of
 * them all, so that a browser need never ask twice; ES modules name each other relative to that path.
 */
final class WebFiles {
    private static final String PAGE = "page/index.html";
    private static final String LIBRARY = "client/";

    private final Map<String, StaticFile> byPath = new HashMap<>();

    WebFiles(SortedMap<String, byte[]> contents, PageConfig config) {
        String assets = "/assets/" + ContentHash.of(contents);
        contents.forEach((path, content) -> {
            if (path.equals(PAGE)) {
                byPath.put("/", StaticFile.of(page(content, assets, config), FileHeaders.page()));
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

    private static byte[] page(byte[] template, String assets, PageConfig config) {
        return new String(template, StandardCharsets.UTF_8)
                .replace("{{assets}}", assets)
                .replace("{{config}}", attribute(config.toJson()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A text as it stands between double quotes in HTML. */
    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
