package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamEnd;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.xnio.channels.StreamSinkChannel;

/**
 * The plainest of transports: an event is a line. Its clients say in one letter what its framing is to do.
 */
final class LineTransport implements StreamTransport {
    static final char SEND_NOW = 'n';
    static final char END = 'e';
    static final char CUT_OFF = 'c';
    /** From now on this stream's framing has a fault. */
    static final char FAIL = 'f';

    private final Consumer<Runnable> openings;

    LineTransport() {
        this(Runnable::run);
    }

    /** @param openings is handed the opening of each stream, to be run on its I/O thread */
    LineTransport(Consumer<Runnable> openings) {
        this.openings = openings;
    }

    @Override
    public String name() {
        return "line";
    }

    @Override
    public Framing framing(HttpServerExchange exchange) {
        return new LineFraming(openings);
    }

    @Override
    public void answerHead(HttpServerExchange exchange) {}

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static final class LineFraming implements Framing {
        private final Consumer<Runnable> openings;
        private StreamOutlet outlet;
        private boolean failing;
        private int answers;

        LineFraming(Consumer<Runnable> openings) {
            this.openings = openings;
        }

        @Override
        public void open(HttpServerExchange exchange, StreamOutlet streamOutlet, Consumer<StreamSinkChannel> opened) {
            outlet = streamOutlet;
            exchange.setPersistent(false);
            openings.accept(() -> opened.accept(exchange.getResponseChannel()));
        }

        @Override
        public ByteBuffer greeting() {
            return line("hello");
        }

        @Override
        public ByteBuffer frame(EncodedEvent event) {
            if (failing) {
                throw new IllegalStateException("a fault of this framing");
            }
            return line(event.name() + " " + event.data());
        }

        @Override
        public ByteBuffer farewell(StreamEnd end) {
            return line("bye " + end);
        }

        @Override
        public void received(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                switch (bytes.get()) {
                    case SEND_NOW -> outlet.sendNow(line("now " + ++answers));
                    case END -> outlet.end(line("end"));
                    case CUT_OFF -> outlet.cutOff();
                    case FAIL -> failing = true;
                    default -> outlet.sendNow(line("what?"));
                }
            }
        }
    }
}
