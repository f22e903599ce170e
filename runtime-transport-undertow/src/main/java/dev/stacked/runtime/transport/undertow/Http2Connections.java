package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http2.Http2ReceiveListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** Serves HTTP/2 connections, in place of Undertow's {@code Http2OpenListener}. Thread-safe. */
final class Http2Connections implements DelegateOpenListener {
    private final ByteBufferPool pool;
    private final OptionMap settings;
    private final ConnectionLimits limits;
    private final ConnectionMeters meters;
    private final WaitingBytes waiting;
    private final LongSupplier nanoTime;
    private final HttpHandler handler;
    private final Set<Http2Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean goingAway;

    /** @param handler handles well-formed requests */
    Http2Connections(
            ByteBufferPool pool,
            OptionMap settings,
            ConnectionLimits limits,
            ConnectionMeters meters,
            WaitingBytes waiting,
            LongSupplier nanoTime,
            HttpHandler handler) {
        this.pool = pool;
        this.settings = settings;
        this.limits = limits;
        this.meters = meters;
        this.waiting = waiting;
        this.nanoTime = nanoTime;
        this.handler = handler;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        handleEvent(connection, null);
    }

    @Override
    public void handleEvent(StreamConnection connection, @Nullable PooledByteBuffer first) {
        Http2Connection opened = Http2Connection.open(this, connection, first);
        open.add(opened);
        waiting.add(opened.waiting());
        opened.channel()
                .getReceiveSetter()
                .set(new Http2ReceiveListener(this::handle, settings, pool.getBufferSize(), null));
        opened.channel().resumeReceives();
        if (goingAway) {
            opened.goAway();
        }
        if (!connection.isOpen()) {
            closed(opened); // its close listener may have run before it was added
        }
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        Http2Connection connection = Http2Connection.of(exchange);
        if (connection == null || connection.begin(exchange)) {
            handler.handleRequest(exchange);
        } else {
            ErrorResponse.invalidInput("The request announces a body and has none.")
                    .send(exchange);
        }
    }

    void closed(Http2Connection connection) {
        open.remove(connection);
        waiting.remove(connection.waiting());
    }

    void goAway() {
        goingAway = true;
        open.forEach(Http2Connection::goAway);
    }

    ByteBufferPool pool() {
        return pool;
    }

    OptionMap settings() {
        return settings;
    }

    ConnectionLimits limits() {
        return limits;
    }

    ConnectionMeters meters() {
        return meters;
    }

    WaitingBytes waiting() {
        return waiting;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return pool;
    }

    @Override
    public OptionMap getUndertowOptions() {
        return settings;
    }

    @Override
    public HttpHandler getRootHandler() {
        return handler;
    }

    /** Undertow never counts anything here. */
    @Override
    public @Nullable ConnectorStatistics getConnectorStatistics() {
        return null;
    }

    @Override
    public void setRootHandler(HttpHandler rootHandler) {
        throw new UnsupportedOperationException("The handler is given at the beginning.");
    }

    @Override
    public void setUndertowOptions(OptionMap options) {
        throw new UnsupportedOperationException("The settings are given at the beginning.");
    }

    @Override
    public void closeConnections() {
        open.forEach(connection -> IoUtils.safeClose(connection.channel()));
    }
}
