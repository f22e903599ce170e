package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one I/O thread that have something to write. However many streams an event reaches, the thread gets
 * one task for all that were added before it runs.
 *
 * <p>Adding is lock-free, allocates nothing and may happen on any thread: the streams themselves are the links of the
 * list.
 */
final class FlushQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FlushQueue.class);

    /** A member of at most one queue at a time: added again only after its {@link #flush} began. */
    abstract static class Member {
        private @Nullable Member below;

        /** Writes what there is to write. Called on the I/O thread. */
        abstract void flush();

        /** Ends this member alone, after a fault. Called on the I/O thread. */
        abstract void abort();
    }

    private final Executor ioThread;
    private final StreamMeters meters;
    private final AtomicReference<@Nullable Member> top = new AtomicReference<>();

    /** Confined to the I/O thread: what is fanned out at the moment, and to how many. */
    private @Nullable EncodedEvent fanningOut;

    private boolean flushing;
    private int flushed;

    FlushQueue(Executor ioThread, StreamMeters meters) {
        this.ioThread = ioThread;
        this.meters = meters;
    }

    void add(Member member) {
        Member below;
        do {
            below = top.get();
            member.below = below;
        } while (!top.compareAndSet(below, member));
        if (below == null) {
            wakeIoThread();
        }
    }

    private void wakeIoThread() {
        try {
            ioThread.execute(this);
        } catch (RejectedExecutionException e) {
            LOG.debug("The server has stopped, and with it its connections", e);
        }
    }

    @Override
    public void run() {
        Member next = inOrderOfAdding(top.getAndSet(null));
        flushing = true;
        try {
            while (next != null) {
                Member member = next;
                next = unlinked(member);
                flushed++;
                flush(member);
            }
        } finally {
            while (next != null) { // an Error came between: the others have their turn in a task of their own
                Member member = next;
                next = unlinked(member);
                add(member);
            }
            flushing = false;
            report();
        }
    }

    /** A member was to be told of a change and has just written that, as far as its socket took it. On the I/O thread. */
    void wrote(EncodedEvent event) {
        if (flushing && event != fanningOut) {
            reportFanOut();
            fanningOut = event;
        }
    }

    private void report() {
        reportFanOut();
        meters.queued(flushed);
        flushed = 0;
    }

    private void reportFanOut() {
        if (fanningOut != null) {
            meters.fannedOut(fanningOut);
            fanningOut = null;
        }
    }

    /** Takes a member off the list; returns the one below. */
    private static @Nullable Member unlinked(Member member) {
        Member below = member.below;
        member.below = null;
        return below;
    }

    private static void flush(Member member) {
        try {
            member.flush();
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is stopping; a stream is cut off", e);
            member.abort();
        } catch (RuntimeException e) {
            LOG.error("A stream failed and is closed", e);
            member.abort();
        } catch (Error e) {
            member.abort();
            throw e;
        }
    }

    private static @Nullable Member inOrderOfAdding(@Nullable Member newestFirst) {
        Member reversed = null;
        Member rest = newestFirst;
        while (rest != null) {
            Member next = rest.below;
            rest.below = reversed;
            reversed = rest;
            rest = next;
        }
        return reversed;
    }
}
