package dev.stacked.runtime.reconcile.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the upstream, for one request at a time. Confined to its event loop.
 *
 * <pre>
 * IDLE ──send──► ASKED ──head──► READING ──last byte──► IDLE (kept alive) or CLOSED
 *   └──────────────┴────────────────┴──── any failure, close ────────────────► CLOSED
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // the end of a channel is reported to its handler
final class Connection extends ChannelInboundHandlerAdapter {
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Gets the end of a request, once, on the event loop. */
    interface Listener {
        /** A complete answer, or one whose body is too large. */
        void answered(Answer answer);

        /**
         * There will be no complete answer.
         *
         * @param unread whether nothing of an answer had arrived
         */
        void lost(Throwable failure, boolean unread);
    }

    private enum State {
        IDLE,
        ASKED,
        READING,
        CLOSED
    }

    private final ConnectionPool pool;
    private final Channel channel;
    private final @Nullable SSLContext tls;
    private State state = State.IDLE;
    private boolean used;
    private long idleSince;
    private @Nullable Listener listener;
    private byte[] earlier = Body.EMPTY;
    private @Nullable HttpResponse head;
    private @Nullable BodyReader body;

    /** @param tls the context that it was opened with; null without TLS */
    Connection(ConnectionPool pool, Channel channel, @Nullable SSLContext tls) {
        this.pool = pool;
        this.channel = channel;
        this.tls = tls;
    }

    /** Whether it can be used for another request now. */
    boolean isUsable(@Nullable SSLContext currentTls, long now, long maxIdleNanos) {
        return state == State.IDLE && channel.isActive() && tls == currentTls && now - idleSince < maxIdleNanos;
    }

    /** Whether an earlier request was answered on it, so that the upstream may have closed it meanwhile. */
    boolean isUsed() {
        return used;
    }

    void idleSince(long now) {
        idleSince = now;
    }

    /**
     * Sends a request.
     *
     * @param traceparent value of that header
     * @param previous the body that the answer is compared with; empty if absent
     */
    void send(RequestHead request, String traceparent, byte[] previous, Listener awaiting) {
        state = State.ASKED;
        listener = awaiting;
        earlier = previous;
        channel.writeAndFlush(request.encode(channel.alloc(), traceparent), channel.voidPromise());
    }

    /** Closes it. The listener is not called. */
    void close() {
        state = State.CLOSED;
        listener = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            read((HttpObject) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject part) {
        DecoderResult result = part.decoderResult();
        if (result.isFailure()) {
            lost(new IOException("The answer is no HTTP.", result.cause()), false);
            return;
        }
        if (part instanceof HttpResponse response) {
            begin(response);
        }
        if (part instanceof HttpContent content) {
            add(content);
        }
    }

    private void begin(HttpResponse response) {
        if (state != State.ASKED) {
            lost(new IOException("The upstream sent an answer without a request."), false);
        } else if (response.status().code() == SWITCHING_PROTOCOLS) {
            lost(new IOException("The upstream switched to another protocol."), false);
        } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            state = State.READING;
            head = response;
            long length = HttpUtil.getContentLength(response, -1L);
            body = new BodyReader(earlier, length);
            if (length > Body.MAX_BYTES && response.status().code() != HttpURLConnection.HTTP_NOT_MODIFIED) {
                answered(Body.TOO_LARGE, false);
            }
        }
    }

    private void add(HttpContent content) {
        if (state != State.READING) {
            return; // the end of an interim answer, or what is left of one that has been refused
        }
        BodyReader reading = Objects.requireNonNull(body);
        if (!reading.add(content.content())) {
            answered(Body.TOO_LARGE, false);
        } else if (content instanceof LastHttpContent) {
            answered(reading.end(), HttpUtil.isKeepAlive(Objects.requireNonNull(head)));
        }
    }

    private void answered(Body complete, boolean keptAlive) {
        HttpResponse response = Objects.requireNonNull(head);
        Listener awaiting = Objects.requireNonNull(listener);
        head = null;
        body = null;
        if (keptAlive && channel.isActive()) {
            state = State.IDLE;
            listener = null;
            earlier = Body.EMPTY;
            used = true;
            pool.keep(this);
        } else {
            close();
        }
        awaiting.answered(new Answer(response.status().code(), response.headers(), complete));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost(new IOException("The upstream closed the connection."), state == State.ASKED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        Throwable cause = failure instanceof DecoderException ? failure.getCause() : failure;
        lost(cause == null ? failure : cause, state == State.ASKED);
    }

    /** Ends this connection, and the request on it if there is one. */
    void lost(Throwable failure, boolean unread) {
        Listener awaiting = listener;
        if (state == State.IDLE) {
            pool.remove(this);
        }
        close();
        if (awaiting != null) {
            awaiting.lost(failure, unread);
        }
    }
}
