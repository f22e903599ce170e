package dev.stacked.runtime.transport.undertow;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Bounds how long clients may take for answers: for each 16 KiB, and for the rest, at most the write timeout. Beyond
 * that the connection is closed; over HTTP/2 only the stream is, unless the client took nothing else on the connection
 * either. Single bytes do not restart the timer. Streams have a write timeout of their own. Thread-safe.
 */
public final class AnswerTimeLimit implements HttpHandler {
    private static final AttachmentKey<Answer> ANSWER = AttachmentKey.create(Answer.class);
    /** Undertow's buffer of an answer. */
    private static final int PROGRESS_BYTES = 16 * 1024;

    private final Duration writeTimeout;
    private final LongSupplier nanoTime;
    private final HttpHandler next;

    /**
     * Bounds the answers of a handler.
     *
     * @param writeTimeout how long a client may take for 16 KiB
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param next makes the answers
     */
    public AnswerTimeLimit(Duration writeTimeout, LongSupplier nanoTime, HttpHandler next) {
        this.writeTimeout = writeTimeout;
        this.nanoTime = nanoTime;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addResponseWrapper((factory, answered) -> begin(factory.create(), answered));
        next.handleRequest(exchange);
    }

    private StreamSinkConduit begin(StreamSinkConduit conduit, HttpServerExchange exchange) {
        if (exchange.isComplete()) {
            return conduit; // the client has left
        }
        Answer answer = new Answer(conduit, exchange, writeTimeout, nanoTime);
        exchange.putAttachment(ANSWER, answer);
        exchange.addExchangeCompleteListener((completed, following) -> {
            end(completed);
            following.proceed();
        });
        answer.timer.start();
        return answer;
    }

    /** Removes the limit from an answer that turns out to be a stream, and takes it out of the stream's writes. */
    static void lift(HttpServerExchange exchange) {
        Answer answer = end(exchange);
        if (answer != null) {
            ConduitStreamSinkChannel output = Connectors.getConduitSinkChannel(exchange);
            if (output.getConduit().equals(answer)) {
                output.setConduit(answer.next());
            }
        }
    }

    private static @Nullable Answer end(HttpServerExchange exchange) {
        Answer answer = exchange.removeAttachment(ANSWER);
        if (answer != null) {
            answer.timer.end();
        }
        return answer;
    }

    /** One answer in progress. Written by one thread at a time. */
    private static final class Answer extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private final HttpServerExchange exchange;
        private final @Nullable Http2Connection connection;
        private final ProgressTimer timer;
        private volatile long sentBefore;
        private long taken;

        private Answer(StreamSinkConduit next, HttpServerExchange exchange, Duration limit, LongSupplier nanoTime) {
            super(next);
            this.exchange = exchange;
            this.connection = Http2Connection.of(exchange);
            this.timer = new ProgressTimer(exchange.getIoThread(), limit, nanoTime, this::expired);
            this.sentBefore = connection == null ? 0 : connection.dataSent();
        }

        private StreamSinkConduit next() {
            return next;
        }

        private void expired() {
            if (connection == null || connection.dataSent() != sentBefore) {
                Peer.of(exchange).close();
            } else {
                connection.end(ConnectionLimit.STALLED);
            }
        }

        private void took(long bytes) {
            taken += Math.max(0, bytes);
            if (taken >= PROGRESS_BYTES) {
                taken = 0;
                sentBefore = connection == null ? 0 : connection.dataSent();
                timer.restart();
            }
        }

        @Override
        public int write(ByteBuffer src) throws IOException {
            int written = super.write(src);
            took(written);
            return written;
        }

        @Override
        public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
            long written = super.write(srcs, offset, length);
            took(written);
            return written;
        }

        @Override
        public int writeFinal(ByteBuffer src) throws IOException {
            int written = super.writeFinal(src);
            took(written);
            return written;
        }

        @Override
        public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
            long written = super.writeFinal(srcs, offset, length);
            took(written);
            return written;
        }
    }
}
