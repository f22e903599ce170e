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
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.xnio.channels.StreamSinkChannel;

/** Server-Sent Events over HTTP. Thread-safe. */
public final class SseTransport implements StreamTransport {
    private static final HttpString ACCEL_BUFFERING = new HttpString("X-Accel-Buffering");
    private static final int MIN_RETRY_MILLIS = 2000;
    private static final int MAX_RETRY_MILLIS = 4000;

    private final RandomGenerator random;

    /** Creates a transport whose clients reconnect after a random delay of 2 to 4 s. */
    public SseTransport() {
        this(new Random());
    }

    /**
     * Creates a transport; one instance serves all streams.
     *
     * @param random spreads the reconnects of clients; must be thread-safe
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

    /** Sets the response head of a stream. A HEAD request gets the same, so it must not contain a length. */
    private static StreamSinkChannel begin(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        headers.put(Headers.CACHE_CONTROL, "no-store, no-transform");
        headers.put(ACCEL_BUFFERING, "no");
        exchange.setPersistent(false); // HTTP/1.1: the end of the connection ends the stream, without chunks
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

        /** Writes nothing: SSE has no farewell, the end of the stream is enough. */
        @Override
        public ByteBuffer farewell(StreamEnd end) {
            return NOTHING;
        }

        /** Ignores all input: SSE is one-way. */
        @Override
        public void received(ByteBuffer bytes) {}
    }
}
