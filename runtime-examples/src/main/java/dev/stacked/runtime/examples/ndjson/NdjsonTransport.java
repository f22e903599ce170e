package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamEnd;
import dev.stacked.runtime.transport.undertow.Framing;
import dev.stacked.runtime.transport.undertow.StreamOutlet;
import dev.stacked.runtime.transport.undertow.StreamTransport;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xnio.channels.StreamSinkChannel;

/** Newline-delimited JSON over plain HTTP: {@code {"id":…,"event":…,"data":…}}, one event a line. */
public final class NdjsonTransport implements StreamTransport {
    private static final Function<EncodedEvent, ByteBuffer> LINE = NdjsonTransport::line;

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public Framing framing(HttpServerExchange exchange) {
        return new NdjsonFraming();
    }

    @Override
    public void answerHead(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/x-ndjson");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store, no-transform");
    }

    private static ByteBuffer line(EncodedEvent event) {
        String id = event.id().map(known -> "\"id\":\"" + known + "\",").orElse("");
        return utf8("{%s\"event\":\"%s\",\"data\":%s}\n".formatted(id, event.name(), event.data()));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private final class NdjsonFraming implements Framing {
        @Override
        public void open(HttpServerExchange exchange, StreamOutlet outlet, Consumer<StreamSinkChannel> opened) {
            answerHead(exchange);
            exchange.setPersistent(false);
            opened.accept(exchange.getResponseChannel());
        }

        /** An empty line flushes the response head; readers of the format skip it. */
        @Override
        public ByteBuffer greeting() {
            return utf8("\n");
        }

        @Override
        public ByteBuffer frame(EncodedEvent event) {
            return event.framed(LINE);
        }

        @Override
        public ByteBuffer farewell(StreamEnd end) {
            return utf8("");
        }

        @Override
        public void received(ByteBuffer bytes) {}
    }
}
