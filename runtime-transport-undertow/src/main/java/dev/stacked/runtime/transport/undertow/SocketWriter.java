package dev.stacked.runtime.transport.undertow;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes one buffer at a time to a channel that does not block. A peer that accepts no byte for the write timeout
 * counts as broken. Confined to the channel's I/O thread; a timer runs only while the peer is stalled.
 */
final class SocketWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How what was written to a channel is sent. */
    interface Flush {
        /**
         * Sends what is not sent yet, as far as that goes.
         *
         * @return whether nothing is left
         * @throws IOException if the channel fails or is over
         */
        boolean flush(StreamSinkChannel sink) throws IOException;
    }

    private final StreamSinkChannel sink;
    private final Flush flush;
    private final ProgressTimer timer;
    private final Runnable ready;
    private final Runnable broken;
    private final Runnable tooSlow;
    private ByteBuffer pending = NOTHING;
    private boolean stalled;

    /**
     * @param flush is called after each write, until nothing is left
     * @param ready is called when a write that could not be finished at once is finished
     * @param broken is called when the channel fails
     * @param tooSlow is called when the peer accepts nothing for the write timeout
     */
    SocketWriter(
            StreamSinkChannel sink,
            Flush flush,
            XnioIoThread thread,
            TimeLimit timeout,
            Runnable ready,
            Runnable broken,
            Runnable tooSlow) {
        this.tooSlow = tooSlow;
        this.sink = sink;
        this.flush = flush;
        this.timer = timeout.timer(thread, this::timedOut);
        this.ready = ready;
        this.broken = broken;
        ChannelListener<StreamSinkChannel> writable = channel -> writable();
        sink.getWriteSetter().set(writable);
    }

    /** Whether the last write is still under way. */
    boolean isStalled() {
        return stalled;
    }

    /**
     * Writes all of {@code bytes}, without changing its position.
     *
     * @return whether that is done; if not, {@code ready}, {@code broken} or {@code tooSlow} is called later
     */
    boolean write(ByteBuffer bytes) {
        pending = bytes.duplicate();
        return proceed();
    }

    /** Ends the output after what was written. */
    boolean shutdown() {
        try {
            sink.shutdownWrites();
        } catch (IOException e) {
            return fail();
        }
        return proceed();
    }

    /** Stops the timer for good: the channel is closed. */
    void closed() {
        timer.end();
    }

    private void writable() {
        if (proceed()) {
            ready.run();
        }
    }

    private boolean proceed() {
        int before = pending.remaining();
        try {
            while (pending.hasRemaining()) {
                if (sink.write(pending) == 0) {
                    return stall(pending.remaining() < before);
                }
            }
            if (!flush.flush(sink)) {
                return stall(true); // we are called for room only, and the flush does not say how much it took
            }
        } catch (IOException e) {
            return fail();
        }
        pending = NOTHING; // a silent stream does not keep its last events in memory
        if (stalled) {
            stalled = false;
            timer.stop();
            sink.suspendWrites();
        }
        return true;
    }

    private boolean stall(boolean progress) {
        if (!stalled) {
            stalled = true;
            sink.resumeWrites();
            timer.start();
        } else if (progress) {
            timer.restart();
        }
        return false;
    }

    private boolean fail() {
        timer.stop();
        broken.run();
        return false;
    }

    /**
     * The peer has accepted nothing for the timeout. Timers run before sockets are looked at, so this tries once more: a
     * peer that accepts a byte now gets another timeout.
     */
    private void timedOut() {
        try {
            boolean progress = pending.hasRemaining() ? sink.write(pending) > 0 : flush.flush(sink);
            if (!progress) {
                tooSlow.run();
                return;
            }
        } catch (IOException e) {
            fail();
            return;
        }
        timer.restart();
        writable();
    }
}
