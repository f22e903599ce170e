package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads and drops the body of a request, which no route needs, before the request is answered: Undertow cannot answer
 * over HTTP/1.1 while a part is missing. Confined to the request's I/O thread.
 *
 * <p>Undertow treats every {@code Transfer-Encoding} as chunked, an invalid chunk size as 0, and a {@code
 * Content-Length} modulo 2<sup>64</sup>. A proxy that reads such a request differently disagrees on where the next one
 * begins. So a request with a body is the last of its connection.
 */
final class RequestBody {
    /** Ample for the description that a webhook sends. */
    static final int MAX_BYTES = 256 * 1024;

    private static final AttachmentKey<Boolean> PRESENT = AttachmentKey.create(Boolean.class);
    /** Consecutive reads before other connections of the thread get their turn. */
    private static final int READS_PER_TURN = 16;

    private final HttpServerExchange exchange;
    private final HttpHandler next;
    private final StreamSourceChannel channel;
    private int received;
    private boolean refused;

    private RequestBody(HttpServerExchange exchange, HttpHandler next) {
        this.exchange = exchange;
        this.next = next;
        this.channel = exchange.getRequestChannel();
    }

    /** @throws RefusedException if the request came with a body, even an empty one in chunks */
    static void requireNone(HttpServerExchange exchange) {
        if (exchange.getAttachment(PRESENT) != null) {
            throw new RefusedException(ErrorResponse.invalidInput("GET and HEAD have no body here."));
        }
    }

    /**
     * Drops the body, if there is one, and hands the request on.
     *
     * @param limit time that the body may take; then the connection is closed, over HTTP/2 the stream
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param next answers the request
     * @throws RefusedException if a proxy may see another end of the request
     */
    static void discard(HttpServerExchange exchange, Duration limit, LongSupplier nanoTime, HttpHandler next)
            throws Exception {
        requireValidLength(exchange);
        if (exchange.isRequestComplete()) {
            next.handleRequest(exchange);
            return;
        }
        exchange.setPersistent(false);
        exchange.putAttachment(PRESENT, true);
        closeAfter(exchange, limit, nanoTime);
        requireChunked(exchange);
        if (exchange.getRequestContentLength() > MAX_BYTES) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, new RequestBody(exchange, next)::refuse);
        } else if (HttpContinue.requiresContinueResponse(exchange)) {
            Connectors.terminateRequest(exchange); // the client waits for an answer before it sends the body
            next.handleRequest(exchange);
        } else {
            exchange.dispatch(SameThreadExecutor.INSTANCE, new RequestBody(exchange, next)::read);
        }
    }

    private static void requireValidLength(HttpServerExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst(Headers.CONTENT_LENGTH);
        try {
            if (length == null || Long.parseLong(length) >= 0) {
                return;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        exchange.setPersistent(false); // the next bytes may be a part of the body
        throw new RefusedException(ErrorResponse.invalidInput("Content-Length must be a number of bytes."));
    }

    private static void requireChunked(HttpServerExchange exchange) {
        HeaderValues encoding = exchange.getRequestHeaders().get(Headers.TRANSFER_ENCODING);
        if (encoding != null && (exchange.isHttp10() || !encoding.getFirst().equalsIgnoreCase("chunked"))) {
            throw new RefusedException(ErrorResponse.invalidInput("Transfer-Encoding must be chunked."));
        }
    }

    private static void closeAfter(HttpServerExchange exchange, Duration limit, LongSupplier nanoTime) {
        ProgressTimer timer = new ProgressTimer(
                exchange.getIoThread(), limit, nanoTime, () -> IoUtils.safeClose(exchange.getConnection()));
        timer.start();
        Http2Streams.onConnectionEnd(exchange, timer::end); // it would keep both until it is due
        exchange.addExchangeCompleteListener((completed, following) -> {
            timer.end();
            following.proceed();
        });
    }

    private void read() {
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            for (int reads = 0; reads < READS_PER_TURN; reads++) {
                int count = channel.read(buffer.clear());
                if (count < 0) {
                    complete();
                    return;
                }
                if (count == 0) {
                    channel.getReadSetter().set(readable -> read());
                    channel.resumeReads();
                    return;
                }
                received += refused ? 0 : count;
                if (received > MAX_BYTES && !refused) {
                    channel.suspendReads();
                    refuse();
                    return;
                }
            }
            channel.suspendReads();
            exchange.getIoThread().execute(this::read);
        } catch (IOException e) { // the client has left, or its chunks are malformed
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private void complete() {
        channel.suspendReads();
        if (refused) {
            exchange.endExchange();
        } else {
            Connectors.executeRootHandler(next, exchange);
        }
    }

    private void refuse() {
        refused = true;
        ErrorResponse tooLarge = new ErrorResponse(
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "content-too-large",
                "A body may have " + MAX_BYTES + " bytes at most, and none is needed.",
                Map.of());
        boolean ownsConnection = exchange.getConnection() instanceof HttpServerConnection;
        tooLarge.send(exchange, ownsConnection ? new ReadingOn() : IoCallback.END_EXCHANGE);
    }

    /** Reads the rest after the answer: closing the connection earlier may cost the client the answer. */
    private final class ReadingOn implements IoCallback {
        @Override
        public void onComplete(HttpServerExchange answered, Sender sender) {
            read();
        }

        @Override
        public void onException(HttpServerExchange answered, Sender sender, IOException failure) {
            IoUtils.safeClose(answered.getConnection());
        }
    }
}
