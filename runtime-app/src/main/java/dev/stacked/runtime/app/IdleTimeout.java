package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.watch.Pauses;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Closes a connection on which no byte has passed for too long. Confined to the connection's I/O thread.
 *
 * <p>Undertow's own timeout also counts the time in which the process was stopped, and then closes all connections at
 * once.
 */
final class IdleTimeout {
    /**
     * The limit in milliseconds. Not {@link UndertowOptions#IDLE_TIMEOUT}: with any value of that option, Undertow adds
     * its own timeout to each connection.
     */
    static final Option<Integer> LIMIT_MILLIS = Option.simple(IdleTimeout.class, "LIMIT_MILLIS", Integer.class);

    /** The pauses that do not count; without them, all time counts. */
    static final Option<Pauses> PAUSES = Option.simple(IdleTimeout.class, "PAUSES", Pauses.class);

    private static final Pauses NO_PAUSES = new Pauses(() -> 0);

    private final WeakReference<StreamConnection> connection;
    private final XnioIoThread thread;
    private final Pauses pauses;
    private final long timeoutNanos;
    private long lastActive;
    /** The pauses recorded at that time. If one was missed, the connection lives slightly longer. */
    private long pausedBefore;

    private boolean readsEnded;
    private boolean writesEnded;
    private XnioExecutor.@Nullable Key timer;

    private IdleTimeout(StreamConnection connection, long timeoutMillis, Pauses pauses) {
        this.connection = new WeakReference<>(connection); // so that a timer does not retain a closed connection
        this.thread = connection.getIoThread();
        this.pauses = pauses;
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Limits a new connection to the {@link #LIMIT_MILLIS} of the settings. */
    static void limit(StreamConnection connection, OptionMap settings) {
        IdleTimeout idle = new IdleTimeout(connection, settings.get(LIMIT_MILLIS), settings.get(PAUSES, NO_PAUSES));
        connection
                .getSourceChannel()
                .setConduit(idle.new Source(connection.getSourceChannel().getConduit()));
        connection
                .getSinkChannel()
                .setConduit(idle.new Sink(connection.getSinkChannel().getConduit()));
        idle.active();
        idle.checkAfter(idle.timeoutNanos);
    }

    private void active() {
        lastActive = System.nanoTime();
        pausedBefore = pauses.known();
    }

    private void checkAfter(long nanos) {
        timer = thread.executeAfter(this::check, TimeUnit.NANOSECONDS.toMillis(nanos) + 1, TimeUnit.MILLISECONDS);
    }

    /** Cancels the timer with the connection, since a running timer would retain this object. */
    private void endIfClosed() {
        if (readsEnded && writesEnded && timer != null) {
            timer.remove();
            timer = null;
        }
    }

    private void check() {
        long paused = pauses.total() - pausedBefore;
        long rest = timeoutNanos - (System.nanoTime() - lastActive - paused);
        StreamConnection idle = connection.get();
        if (idle == null || !idle.isOpen()) {
            return;
        }
        if (rest > 0) {
            checkAfter(rest);
        } else {
            IoUtils.safeClose(idle);
        }
    }

    private int passed(int bytes) {
        if (bytes > 0) {
            active();
        }
        return bytes;
    }

    private long passed(long bytes) {
        if (bytes > 0) {
            active();
        }
        return bytes;
    }

    private final class Source extends AbstractStreamSourceConduit<StreamSourceConduit> {
        Source(StreamSourceConduit next) {
            super(next);
        }

        @Override
        public void terminateReads() throws IOException {
            readsEnded = true;
            endIfClosed();
            next.terminateReads();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return passed(next.read(target));
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            return passed(next.read(targets, offset, length));
        }

        @Override
        public long transferTo(long position, long count, FileChannel target) throws IOException {
            return passed(next.transferTo(position, count, target));
        }

        @Override
        public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
            return passed(next.transferTo(count, through, target));
        }
    }

    private final class Sink extends AbstractStreamSinkConduit<StreamSinkConduit> {
        Sink(StreamSinkConduit next) {
            super(next);
        }

        @Override
        public void terminateWrites() throws IOException {
            writesEnded = true;
            endIfClosed();
            next.terminateWrites();
        }

        @Override
        public void truncateWrites() throws IOException {
            writesEnded = true;
            endIfClosed();
            next.truncateWrites();
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return passed(next.write(source));
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            return passed(next.write(sources, offset, length));
        }

        @Override
        public int writeFinal(ByteBuffer source) throws IOException {
            return passed(next.writeFinal(source));
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
            return passed(next.writeFinal(sources, offset, length));
        }

        @Override
        public long transferFrom(FileChannel source, long position, long count) throws IOException {
            return passed(next.transferFrom(source, position, count));
        }

        @Override
        public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
            return passed(next.transferFrom(source, count, through));
        }
    }
}
