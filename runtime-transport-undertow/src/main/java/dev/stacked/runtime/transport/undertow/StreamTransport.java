package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.NotAdmittedException;
import io.undertow.server.HttpServerExchange;

/** A way to carry events over HTTP: what a transport implements, besides its {@link Framing}. Thread-safe. */
public interface StreamTransport {
    /** The name under which its streams are counted, such as {@code sse}: always the same. */
    String name();

    /**
     * The framing of one new stream, made before anything is registered for it.
     *
     * @throws RefusedException if this transport cannot serve the request
     * @throws NotAdmittedException if it refuses the request for another reason, such as a foreign origin
     */
    Framing framing(HttpServerExchange exchange);

    /** Answers a HEAD request: the status and headers that a stream would begin with. */
    void answerHead(HttpServerExchange exchange);
}
