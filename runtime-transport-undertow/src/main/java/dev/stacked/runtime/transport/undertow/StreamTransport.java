package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;

/** A way to carry events over HTTP: what a transport implements, besides its {@link Framing}. Thread-safe. */
public interface StreamTransport {
    /** The name under which its streams are counted, such as {@code sse}: always the same. */
    String name();

    /**
     * The framing of one new stream, made before anything is registered for it.
     *
     * @throws RefusedException if the request is none that this transport can serve
     */
    Framing framing(HttpServerExchange exchange);

    /** Answers a HEAD request: the status and headers that a stream would begin with. */
    void answerHead(HttpServerExchange exchange);
}
