package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamEnd;
import dev.stacked.runtime.transport.undertow.Framing;
import dev.stacked.runtime.transport.undertow.StreamOutlet;
import dev.stacked.runtime.transport.undertow.StreamTransport;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.xnio.channels.StreamSinkChannel;

/** Server-Sent Events over HTTP. Thread-safe. */
public final class SseTransport implements StreamTransport {
    private static final HttpString ACCEL_BUFFERING = new HttpString("X-Accel-Buffering");
    private static final int MIN_RETRY_MILLIS = 2000;
    private static final int MAX_RETRY_MILLIS = 4000;

    private final RandomGenerator random;

    /**
     * The transport; one object serves all streams.
     *
     * @param random spreads the times at which clients reconnect; must be thread-safe
     */
    public SseTransport(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "sse";
    }

    @Override
    public Framing framing(HttpServerExchange exchange) {
        return new SseFraming(random.nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS + 1));
    }

    @Override
    public void answerHead(HttpServerExchange exchange) {
        begin(exchange);
    }

    /** The head of a stream, which is that of a HEAD request too: it must not say how long the body is. */
    private static StreamSinkChannel begin(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        headers.put(Headers.CACHE_CONTROL, "no-store, no-transform");
        headers.put(ACCEL_BUFFERING, "no");
        exchange.setPersistent(false); // HTTP/1.1: its end is the end of the connection, so that nothing is chunked
        return exchange.getResponseChannel();
    }

    private record SseFraming(int retryMillis) implements Framing {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        @Override
        public void open(HttpServerExchange exchange, StreamOutlet outlet, Consumer<StreamSinkChannel> opened) {
            opened.accept(begin(exchange));
        }

        @Override
        public ByteBuffer greeting() {
            return SseFrame.greeting(retryMillis);
        }

        @Override
        public ByteBuffer frame(EncodedEvent event) {
            return event.framed(SseFrame.FRAMING);
        }

        /** A stream of events has no last word; that it ends is enough. */
        @Override
        public ByteBuffer farewell(StreamEnd end) {
            return NOTHING;
        }

        /** A client of Server-Sent Events has nothing to say. */
        @Override
        public void received(ByteBuffer bytes) {}
    }
}
