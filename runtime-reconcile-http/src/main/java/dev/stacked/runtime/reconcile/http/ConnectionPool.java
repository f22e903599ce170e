package dev.stacked.runtime.reconcile.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop that wait for their next request, the most recently used first. It needs no bound:
 * there are at most as many as calls were made at the same time. Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the sweep does not fail
final class ConnectionPool {
    /** Longer than any poll interval in use; many servers close idle connections earlier. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private final EventLoop loop;
    private final Connector connector;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean sweeps;

    ConnectionPool(EventLoop loop, Connector connector) {
        this.loop = loop;
        this.connector = connector;
    }

    /** Takes an idle connection; null if all are in use. */
    @Nullable
    Connection poll() {
        SSLContext tls = connector.tls();
        long now = loop.ticker().nanoTime();
        for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.isUsable(tls, now, MAX_IDLE.toNanos())) {
                return next;
            }
            next.close();
        }
        return null;
    }

    /** Opens a connection. Cancelling the future gives it up. */
    Future<Connection> open() {
        return connector.open(loop, this);
    }

    /** Keeps a connection for a later request. */
    void keep(Connection connection) {
        connection.idleSince(loop.ticker().nanoTime());
        idle.addFirst(connection);
        if (!sweeps) {
            sweeps = true;
            loop.schedule(this::sweep, MAX_IDLE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Removes a connection that was closed. */
    void remove(Connection connection) {
        idle.remove(connection);
    }

    private void sweep() {
        SSLContext tls = connector.tls();
        long now = loop.ticker().nanoTime();
        for (Iterator<Connection> all = idle.iterator(); all.hasNext(); ) {
            Connection next = all.next();
            if (!next.isUsable(tls, now, MAX_IDLE.toNanos())) {
                all.remove();
                next.close();
            }
        }
        sweeps = !idle.isEmpty();
        if (sweeps) {
            loop.schedule(this::sweep, MAX_IDLE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
