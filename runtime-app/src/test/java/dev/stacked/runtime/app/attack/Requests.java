package dev.stacked.runtime.app.attack;

/**
 * Requests to one endpoint, for HTTP/1.1 and for HTTP/2.
 *
 * @param token the access token; empty for requests without one
 */
record Requests(Endpoint endpoint, String token) {
    static final String STACK = "checkout";
    static final String STREAM = "/api/stacks/" + STACK + "/runtime/stream";
    static final String WEB_SOCKET = "/api/stacks/" + STACK + "/runtime/ws";
    static final String SNAPSHOT = "/api/stacks/" + STACK + "/runtime";
    static final String REFRESH = SNAPSHOT + "/refresh";
    static final String FILE = "/client/panel.js";

    private static final String UPGRADE = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    Requests withoutToken() {
        return new Requests(endpoint, "");
    }

    /** A stream of a stack that does not exist, but that the token allows. */
    static String madeUpStream(long number) {
        return "/api/stacks/" + STACK + "-" + number + "/runtime/stream";
    }

    /** The HEADERS frame of a GET. */
    byte[] get(int stream, String path) {
        return headers(stream, Http2.END_HEADERS | Http2.END_STREAM, "GET", path);
    }

    /** A HEADERS frame. */
    byte[] headers(int stream, int flags, String method, String path) {
        return Http2.frame(Http2.HEADERS, flags, stream, block(method, path));
    }

    private byte[] block(String method, String path) {
        String scheme = endpoint.listener().scheme();
        byte[] request =
                Http2.headers(":method", method, ":scheme", scheme, ":authority", endpoint.authority(), ":path", path);
        return token.isEmpty() ? request : Http2.join(request, Http2.headers("authorization", "Bearer " + token));
    }

    /** A complete HTTP/1.1 GET. */
    String http1(String path) {
        return head("GET", path) + "\r\n";
    }

    /** The handshake of a WebSocket. */
    String webSocket() {
        return head("GET", WEB_SOCKET) + UPGRADE + "\r\n";
    }

    /** A request head without its final empty line. */
    String head(String method, String path) {
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\n" + authorization;
    }
}
