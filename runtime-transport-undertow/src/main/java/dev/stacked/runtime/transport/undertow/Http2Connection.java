package dev.stacked.runtime.transport.undertow;

import io.undertow.UndertowOptions;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.http2.AbstractHttp2StreamSourceChannel;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.protocols.http2.Http2RstStreamStreamSourceChannel;
import io.undertow.protocols.http2.Http2StreamSourceChannel;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.Channels;

/**
 * The limits of one HTTP/2 connection, and the streams that are open on it. The limits are checked before a request is
 * handled. Confined to the connection's I/O thread, except for {@link #end} and {@link #goAway}.
 */
final class Http2Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
    private static final AttachmentKey<Http2Connection> KEY = AttachmentKey.create(Http2Connection.class);
    /** Time that the client has to accept the GOAWAY before the connection is closed without it. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final int DEFAULT_FRAME_MILLIS = 10_000;
    private static final Duration NO_LIMIT = Duration.ofDays(365);
    /**
     * Undertow keeps a frame of each stream that ends while it waits for its window, as long as the connection lives.
     */
    private static final int MAX_LEFT_WAITING = 1000;

    private final Http2Connections owner;
    private final ConnectionBytes waiting;
    private final Http2Input input;
    private final Http2Output output;
    private final GuardedHttp2Channel channel;
    /** Runs while no stream is open, whatever control frames the client sends. */
    private final ProgressTimer idle;

    private final Map<Integer, Http2Stream> streams = new HashMap<>();
    /** Streams that were reset while the socket was full. */
    private final List<Http2Stream> resetLater = new ArrayList<>();

    private @Nullable Http2StreamSourceChannel beginning;
    private int lastStream;
    private int leftWaiting;
    private boolean goingAway;
    private volatile @Nullable ConnectionLimit reached;

    private Http2Connection(Http2Connections owner, StreamConnection connection, @Nullable PooledByteBuffer first) {
        this.owner = owner;
        this.waiting = owner.waiting().open(this::end);
        this.output = new Http2Output(
                connection.getSinkChannel().getConduit(),
                owner.limits().writeTimeout(),
                owner.nanoTime(),
                () -> end(ConnectionLimit.STALLED),
                this::drained);
        connection.getSinkChannel().setConduit(output);
        this.input = new Http2Input(
                connection.getSourceChannel().getConduit(),
                owner.limits(),
                frameLimit(owner.settings()),
                owner.nanoTime(),
                output::dataSent,
                this::exceeds,
                this::end);
        connection.getSourceChannel().setConduit(input);
        if (first != null) {
            input.scan(first.getBuffer().duplicate()); // before the channel frees an empty one
        }
        this.channel = new GuardedHttp2Channel(
                connection, new CountedBuffers(owner.pool(), waiting::count), first, owner.settings(), this);
        this.idle = new ProgressTimer(
                connection.getIoThread(), idleLimit(owner.settings()), owner.nanoTime(), this::endIdle);
        channel.putAttachment(KEY, this);
        Http2Streams.watch(channel);
        idle.start();
    }

    /**
     * Begins to speak HTTP/2.
     *
     * @param first the bytes that were read so far; null if there are none
     */
    static Http2Connection open(Http2Connections owner, StreamConnection connection, @Nullable PooledByteBuffer first) {
        Http2Connection opened = new Http2Connection(owner, connection, first);
        connection.setCloseListener(closed -> opened.closed());
        return opened;
    }

    /** The connection of this exchange; null if it is HTTP/1.1 or not guarded. */
    static @Nullable Http2Connection of(HttpServerExchange exchange) {
        return exchange.getConnection().getAttachment(KEY);
    }

    /** As long as for the head of an HTTP/1.1 request. */
    private static Duration frameLimit(OptionMap settings) {
        return Duration.ofMillis(settings.get(UndertowOptions.REQUEST_PARSE_TIMEOUT, DEFAULT_FRAME_MILLIS));
    }

    /** As long as between two requests of HTTP/1.1. */
    private static Duration idleLimit(OptionMap settings) {
        int millis = settings.get(UndertowOptions.NO_REQUEST_TIMEOUT, -1);
        return millis > 0 ? Duration.ofMillis(millis) : NO_LIMIT;
    }

    GuardedHttp2Channel channel() {
        return channel;
    }

    /** The bytes that wait for this client. */
    ConnectionBytes waiting() {
        return waiting;
    }

    /** Bytes of answers and streams that were sent so far. */
    long dataSent() {
        return output.dataSent();
    }

    private void closed() {
        idle.end();
        input.closed();
        output.closed();
        owner.closed(this);
    }

    /** The bytes just read exceed a limit; {@link #accepts} ends the connection. */
    private void exceeds(ConnectionLimit limit) {
        if (reached == null) {
            reached = limit;
            owner.meters().reached(limit);
        }
    }

    /** Undertow ends the connection because its own limit of resets is exceeded. */
    void calming() {
        exceeds(ConnectionLimit.RESET_RATE);
    }

    /** Whether Undertow may handle this frame; null stands for a frame that it has handled itself. */
    boolean accepts(@Nullable AbstractHttp2StreamSourceChannel frame) {
        ConnectionLimit limit = reached;
        if (limit != null) {
            sendAway(limit);
            return false;
        }
        if (frame instanceof Http2RstStreamStreamSourceChannel reset) {
            reset(reset.getStreamId());
        } else if (frame instanceof Http2StreamSourceChannel stream) {
            return mayBegin(stream);
        }
        return true;
    }

    private boolean mayBegin(Http2StreamSourceChannel stream) {
        if (!Http2RequestHead.isWellFormed(stream.getHeaders())) {
            refuse(stream, Http2Channel.ERROR_PROTOCOL_ERROR);
            return false;
        }
        if (goingAway) {
            refuse(stream, Http2Channel.ERROR_REFUSED_STREAM);
            return false;
        }
        if (streams.size() >= owner.limits().streams()) {
            owner.meters().reached(ConnectionLimit.CONCURRENT_STREAMS);
            refuse(stream, Http2Channel.ERROR_REFUSED_STREAM);
            return false;
        }
        Http2RequestHead.keepHost(stream.getHeaders());
        lastStream = stream.getStreamId();
        beginning = stream;
        return true;
    }

    private void refuse(Http2StreamSourceChannel stream, int code) {
        channel.sendRstStream(stream.getStreamId(), code);
        try {
            Channels.drain(stream, Long.MAX_VALUE);
        } catch (IOException reset) {
            LOG.trace("The rest of a refused stream is dropped", reset);
        }
    }

    /**
     * The request of the stream that was just accepted is about to be handled.
     *
     * @return whether it is well-formed
     */
    boolean begin(HttpServerExchange exchange) {
        Http2StreamSourceChannel request = beginning;
        beginning = null;
        if (request == null) {
            return true; // a response to a push, which does not exist here
        }
        Http2Stream stream = new Http2Stream(request, exchange);
        streams.put(request.getStreamId(), stream);
        idle.stop();
        exchange.addExchangeCompleteListener((completed, next) -> {
            ended(request.getStreamId(), stream);
            next.proceed();
        });
        return !exchange.isRequestComplete() || exchange.getRequestContentLength() <= 0;
    }

    private void ended(int id, Http2Stream stream) {
        streams.remove(id, stream);
        if (streams.isEmpty()) {
            idle.start();
        }
        leftWaiting += stream.isWaiting() ? 1 : 0;
        stream.forget();
        if (leftWaiting > MAX_LEFT_WAITING) {
            end(ConnectionLimit.STALLED);
        }
    }

    /**
     * Undertow does not report a reset to streams whose frame waits for its window. A frame that is partly written must
     * be completed, or the connection breaks.
     */
    private void reset(int id) {
        Http2Stream stream = streams.get(id);
        if (stream != null && output.isDrained()) {
            stream.reset();
        } else if (stream != null) {
            resetLater.add(stream);
        }
    }

    private void drained() {
        if (!resetLater.isEmpty()) {
            List<Http2Stream> streamsToReset = List.copyOf(resetLater);
            resetLater.clear();
            channel.getIoThread().execute(() -> streamsToReset.forEach(stream -> reset(stream.id())));
        }
    }

    /**
     * Closes the connection because of this limit, with a GOAWAY if the client accepts it. May be called by any thread.
     */
    void end(ConnectionLimit limit) {
        if (reached == null) {
            channel.getIoThread().execute(() -> {
                exceeds(limit);
                sendAway(limit);
            });
        }
    }

    private void sendAway(ConnectionLimit limit) {
        if (!channel.isThisGoneAway()) {
            LOG.debug("Closing the connection of {}: limit {}", channel.getPeerAddress(), limit);
        }
        channel.suspendReceives();
        channel.sendGoAway(Http2Channel.ERROR_ENHANCE_YOUR_CALM);
        closeAfterLinger();
    }

    private void closeAfterLinger() {
        if (channel.isOpen()) {
            channel.getIoThread()
                    .executeAfter(() -> IoUtils.safeClose(channel), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endIdle() {
        sendGoAway();
        closeAfterLinger();
    }

    /** Asks the client to begin no more streams on this connection. Open ones continue. May be called by any thread. */
    void goAway() {
        channel.getIoThread().execute(this::sendGoAway);
    }

    private void sendGoAway() {
        if (!goingAway && channel.isOpen()) {
            goingAway = true;
            try {
                output.sendGoAway(lastStream);
            } catch (IOException e) {
                IoUtils.safeClose(channel);
            }
        }
    }
}
