package dev.stacked.runtime.core;

import dev.stacked.runtime.core.PollerStatus.LastPoll;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a stack is polled: at once for the first reader, then start to start by the intervals, never overlapping, and earlier
 * for a nudge. A pause requested by the upstream overrides everything else. Confined to the stack's event loop.
 */
final class PollSchedule {
    /**
     * Minimum from one nudged poll to the next. It limits a runaway webhook to ten polls a second for a stack, and is
     * still too short for people to notice.
     */
    static final Duration BETWEEN_NUDGED_POLLS = Duration.ofMillis(100);

    private final EventLoop loop;
    private final PollIntervals intervals;
    private final Supplier<Duration> pause;
    private final Runnable poll;
    /** Whether the next interval is the first since {@link #start}. */
    private boolean first;

    private boolean underWay;
    private boolean nudged;
    /** Whether the last poll was caused by a nudge. */
    private boolean nudgedLast;

    private long lastStart;
    /** Start of the last poll that ended; null if none has, or if the stack may have changed since. */
    private @Nullable Long lastComplete;
    /** Ticker time before which a poll that is not nudged would find nothing to do. */
    private long earliest;
    /** Ticker time from which a nudge may cause a poll. */
    private long nudgesFrom;
    /** When the next poll would begin by the interval alone. */
    private long due;
    /** When the next poll begins. */
    private long planned;

    private @Nullable LastPoll lastPoll;
    /** Duration of the last poll that ended; zero before the first. */
    private Duration lastTook = Duration.ZERO;

    private @Nullable Future<?> timer;

    /**
     * @param pause how long the upstream must not be called from now on
     * @param poll starts a poll, which calls {@link #pollEnded} when it is over
     */
    PollSchedule(EventLoop loop, PollIntervals intervals, Supplier<Duration> pause, Runnable poll) {
        this.loop = loop;
        this.intervals = intervals;
        this.pause = pause;
        this.poll = poll;
        this.nudgesFrom = loop.nanoTime();
        this.earliest = nudgesFrom;
    }

    /**
     * Polls now, or as soon as a pause requested by the upstream is over. If a poll has ended less than the shortest
     * interval ago, that interval is kept, so that clients that come and go do not cause a poll each.
     *
     * @param failing whether the last poll failed: then the interval since its start is kept
     */
    void start(boolean failing) {
        first = true;
        long now = loop.nanoTime();
        long interval = intervals.active().toNanos();
        due = now;
        if (failing) {
            due = later(now, lastStart + interval);
        } else if (lastComplete != null) {
            due = later(now, lastComplete + interval);
        }
        planned = afterPause(due);
        if (planned == now) {
            run();
        } else {
            schedule();
        }
    }

    private void run() {
        timer = null;
        Instant startedAt = loop.now();
        underWay = true;
        lastStart = loop.nanoTime();
        nudgedLast = nudged;
        if (nudged) {
            nudged = false;
            nudgesFrom = lastStart + BETWEEN_NUDGED_POLLS.toNanos();
        }
        lastPoll = new LastPoll(startedAt, Duration.ofNanos(Math.max(0, lastStart - planned)), null);
        poll.run();
    }

    /**
     * Plans the next poll.
     *
     * @param interval from the start of the poll that ended to the start of the next
     * @param notBefore ticker time before which a poll would find nothing to do
     */
    void pollEnded(Duration interval, long notBefore) {
        long now = loop.nanoTime();
        if (lastPoll != null) {
            lastTook = Duration.ofNanos(now - lastStart);
            lastPoll = lastPoll.endedAfter(lastTook);
        }
        underWay = false;
        lastComplete = nudged ? null : lastStart;
        earliest = notBefore;
        due = later(lastStart + (first ? intervals.first(interval) : interval).toNanos(), earliest);
        first = false;
        plan();
    }

    /**
     * Polls now, since the stack may have changed. A poll that is under way may have read the state before the change,
     * so another one follows it; nudges that arrive until then share that poll.
     */
    void nudge() {
        nudged = true;
        lastComplete = null;
        if (!underWay) {
            plan();
        }
    }

    /** A new reader should not wait for an idle or failing stack: it is polled after the shortest interval at the latest. */
    void hasten() {
        if (!underWay) {
            long soonest = later(loop.nanoTime(), lastStart + intervals.active().toNanos());
            due = earlier(due, later(soonest, earliest));
            plan();
        }
    }

    private void plan() {
        long wanted = nudged ? earlier(due, later(loop.nanoTime(), nudgesFrom)) : due;
        long next = afterPause(wanted);
        if (timer == null || next != planned) {
            planned = next;
            schedule();
        }
    }

    private void schedule() {
        cancelTimer();
        timer = loop.schedule(this::run, Duration.ofNanos(Math.max(0, planned - loop.nanoTime())));
    }

    /** Plans no more polls; a poll that is under way is ignored. */
    void stop() {
        underWay = false;
        cancelTimer();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private long afterPause(long wanted) {
        Duration left = pause.get();
        return left.isZero() ? wanted : later(wanted, loop.nanoTime() + left.toNanos());
    }

    /** Whether the last poll that ended began less than the shortest interval ago. */
    boolean isFresh() {
        return lastComplete != null
                && loop.nanoTime() - lastComplete < intervals.active().toNanos();
    }

    /** The stack may have changed since the last poll. */
    void expire() {
        lastComplete = null;
    }

    /** Whether a nudge has announced what the poll that is under way finds. */
    boolean isAnnounced() {
        return nudgedLast || nudged;
    }

    /** When the next poll begins; now if one is under way. */
    Instant nextPollAt() {
        long wait = underWay ? 0 : Math.max(0, planned - loop.nanoTime());
        return loop.now().plusNanos(wait);
    }

    /** The interval, or the duration of the last poll that ended if that is longer: then the next poll follows at once. */
    Duration effective(Duration interval) {
        return Durations.longer(lastTook, interval);
    }

    /** Ticker time at which the last poll began. */
    long lastStart() {
        return lastStart;
    }

    /** The poll that began last; null before the first. */
    @Nullable
    LastPoll lastPoll() {
        return lastPoll;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
