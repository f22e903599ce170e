package dev.stacked.runtime.app.internal.web;

import java.util.HashMap;
import java.util.Map;

/** Response headers of the files, by their type and by how long their URL stays valid. */
final class FileHeaders {
    /**
     * Allows resources from this server only, and nothing inline. Trusted types without a policy make the browser
     * refuse any conversion of text into markup or script.
     */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "ts", "text/plain; charset=utf-8");

    private FileHeaders() {}

    /** Headers of the page, which no other page may frame or open. */
    static Map<String, String> page() {
        Map<String, String> headers = common("html", "no-cache");
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        return headers;
    }

    /** Headers for a URL whose content may change. Pages of any origin may load it: it is the same for all users. */
    static Map<String, String> changing(String path) {
        return asset(path, "no-cache");
    }

    /** Headers for a URL that contains the content's hash. */
    static Map<String, String> immutable(String path) {
        return asset(path, "public, max-age=31536000, immutable");
    }

    private static Map<String, String> asset(String path, String cacheControl) {
        Map<String, String> headers = common(path.substring(path.lastIndexOf('.') + 1), cacheControl);
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        return headers;
    }

    private static Map<String, String> common(String extension, String cacheControl) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", CONTENT_TYPES.getOrDefault(extension, "application/octet-stream"));
        headers.put("Cache-Control", cacheControl);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Vary", "Accept-Encoding");
        return headers;
    }
}
