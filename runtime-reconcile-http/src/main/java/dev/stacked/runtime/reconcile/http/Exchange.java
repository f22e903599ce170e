package dev.stacked.runtime.reconcile.http;

import io.netty.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on a connection that was kept or on a new one. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a listener sees the outcome
final class Exchange implements Connection.Listener {
    /** Gets the outcome, once, unless the exchange was abandoned. */
    interface Listener {
        /** A complete answer, or one whose body is too large. */
        void answered(Answer answer);

        /** There will be no complete answer. */
        void lost(Throwable failure);
    }

    private final ConnectionPool pool;
    private final RequestHead request;
    private final String traceparent;
    private final byte[] earlier;
    private final Consumer<Runnable> repeat;
    private final Listener listener;

    private @Nullable Future<Connection> opening;
    private @Nullable Connection connection;

    /**
     * @param earlier the body that the answer is compared with; empty if absent
     * @param repeat sends the request once more when that is allowed: the upstream has closed a connection that was kept,
     *     just before it was used again
     */
    Exchange(
            ConnectionPool pool,
            RequestHead request,
            String traceparent,
            byte[] earlier,
            Consumer<Runnable> repeat,
            Listener listener) {
        this.pool = pool;
        this.request = request;
        this.traceparent = traceparent;
        this.earlier = earlier;
        this.repeat = repeat;
        this.listener = listener;
    }

    void start() {
        Connection kept = pool.poll();
        if (kept == null) {
            open();
        } else {
            send(kept);
        }
    }

    private void open() {
        Future<Connection> opened = pool.open();
        opening = opened;
        opened.addListener(done -> opened(opened));
    }

    private void opened(Future<Connection> opened) {
        if (opening != opened) {
            return; // abandoned meanwhile
        }
        opening = null;
        Throwable failure = opened.cause();
        if (failure == null) {
            send(opened.getNow());
        } else {
            listener.lost(failure);
        }
    }

    private void send(Connection usable) {
        connection = usable;
        usable.send(request, traceparent, earlier, this);
    }

    /** Whether there is a connection, so that time passes at the upstream. */
    boolean isConnected() {
        return connection != null;
    }

    @Override
    public void answered(Answer answer) {
        connection = null;
        listener.answered(answer);
    }

    @Override
    public void lost(Throwable failure, boolean unread) {
        Connection broken = connection;
        connection = null;
        if (unread && broken != null && broken.isUsed()) {
            repeat.accept(this::open);
        } else {
            listener.lost(failure);
        }
    }

    /** Closes the connection. The listener is not called. */
    void abandon() {
        Future<Connection> pending = opening;
        Connection open = connection;
        opening = null;
        connection = null;
        if (pending != null) {
            pending.cancel(false);
        }
        if (open != null) {
            open.close();
        }
    }
}
