package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spaces the calls of all stacks evenly, so that no second ever has more than a number of them. A call takes its turn
 * at the moment at which it leaves, on the thread that makes it, so that neither a busy thread nor another queue on the
 * way lets calls leave together. Turns come in the order in which they were wanted. Thread-safe.
 */
final class UpstreamRate {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamRate.class);

    /** No limit. */
    static final int UNLIMITED = 0;

    private final long spacing;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> waits;
    /** In order of arrival. */
    private final Set<WaitingTurn> waiting = new LinkedHashSet<>();
    /** Ticker time from which the next call may leave. */
    private long free;

    /**
     * @param perSecond maximum number of calls in any second, or {@link #UNLIMITED}
     * @param waits receives how long each call has waited, unless there is no limit
     */
    UpstreamRate(int perSecond, LongSupplier nanoTime, Consumer<Duration> waits) {
        this.spacing = perSecond == UNLIMITED ? 0 : -Math.floorDiv(-TimeUnit.SECONDS.toNanos(1), (long) perSecond);
        this.nanoTime = nanoTime;
        this.waits = waits;
        this.free = nanoTime.getAsLong();
    }

    /** A rate without a limit. */
    static UpstreamRate unlimited() {
        return new UpstreamRate(UNLIMITED, () -> 0, waited -> {});
    }

    /** Starts timers on the thread that makes a call. */
    @FunctionalInterface
    interface Timers {
        void schedule(Runnable task, Duration delay);
    }

    /**
     * Runs a call when its turn has come: now, on this thread, if that is so already.
     *
     * @param timers of the call's thread, which is the present one
     */
    CallTurn await(Timers timers, Runnable call) {
        if (spacing == 0) {
            call.run();
            return CallTurn.TAKEN;
        }
        WaitingTurn turn = new WaitingTurn(timers, call, nanoTime.getAsLong());
        synchronized (this) {
            waiting.add(turn);
        }
        turn.take();
        return turn;
    }

    private @Nullable WaitingTurn first() {
        return waiting.isEmpty() ? null : waiting.iterator().next();
    }

    private final class WaitingTurn implements CallTurn {
        private final Timers timers;
        private final Runnable call;
        private final long since;

        WaitingTurn(Timers timers, Runnable call, long since) {
            this.timers = timers;
            this.call = call;
            this.since = since;
        }

        /** Makes the call if its turn has come. Runs on the call's thread. */
        void take() {
            long now = nanoTime.getAsLong();
            WaitingTurn next;
            synchronized (UpstreamRate.this) {
                if (!this.equals(first())) {
                    return; // given up, or others come first; the one before it wakes it
                }
                if (now - free >= 0) {
                    waiting.remove(this);
                    free = now + spacing;
                    next = first();
                } else {
                    next = this;
                }
            }
            if (next != null) {
                next.wake(now);
            }
            if (next != this) {
                waits.accept(Duration.ofNanos(now - since));
                call.run();
            }
        }

        /** Takes the turn as soon as the next call may leave. May be called by any thread. */
        private void wake(long now) {
            long wait;
            synchronized (UpstreamRate.this) {
                wait = Math.max(0, free - now);
            }
            try {
                timers.schedule(this::take, Duration.ofNanos(wait));
            } catch (RejectedExecutionException e) {
                LOG.debug("A call that waits for its turn is given up: its thread has ended", e);
                giveUp();
            }
        }

        @Override
        public void giveUp() {
            WaitingTurn next;
            synchronized (UpstreamRate.this) {
                boolean wasFirst = this.equals(first());
                waiting.remove(this);
                next = wasFirst ? first() : null;
            }
            if (next != null) {
                next.wake(nanoTime.getAsLong());
            }
        }
    }
}
