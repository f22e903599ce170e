package dev.stacked.runtime.core;

import dev.stacked.runtime.core.PollerStatus.LastPoll;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * When a stack is polled: at once when someone comes, then start to start by the interval, never overlapping. The
 * second poll comes earlier than that, by a share that depends on the stack, so that stacks that were joined together
 * (after a restart, say) do not stay in step. Confined to the stack's event loop.
 */
final class PollSchedule {
    private static final int PHASES = 1 << 10;

    private final EventLoop loop;
    private final Duration interval;
    private final Duration firstGap;
    private final Runnable poll;
    private Duration gap;
    private long planned;
    private long lastStart;
    private long pausedUntil;
    private boolean paused;
    private @Nullable LastPoll lastPoll;
    private @Nullable Future<?> timer;

    /** @param poll starts a poll, which calls {@link #pollEnded} when it is over */
    PollSchedule(StackId stack, EventLoop loop, Duration interval, Runnable poll) {
        this.loop = loop;
        this.interval = interval;
        this.firstGap =
                interval.minus(interval.dividedBy(2).multipliedBy(phase(stack)).dividedBy(PHASES));
        this.gap = firstGap;
        this.poll = poll;
    }

    private static int phase(StackId stack) {
        return (stack.value().hashCode() * 0x9E3779B9) >>> 22;
    }

    /** Polls now, or as soon as a pause that was asked for is over. */
    void start() {
        gap = firstGap;
        long now = loop.nanoTime();
        planned = paused && pausedUntil - now > 0 ? pausedUntil : now;
        if (planned == now) {
            run();
        } else {
            schedule(now);
        }
    }

    private void schedule(long now) {
        timer = loop.schedule(this::run, Duration.ofNanos(Math.max(0, planned - now)));
    }

    private void run() {
        lastStart = loop.nanoTime();
        lastPoll = new LastPoll(loop.now(), Duration.ofNanos(Math.max(0, lastStart - planned)), null);
        poll.run();
    }

    /** Plans the next poll, not before {@code pause} has passed. */
    void pollEnded(Duration pause) {
        long now = loop.nanoTime();
        if (lastPoll != null) {
            lastPoll = lastPoll.endedAfter(Duration.ofNanos(now - lastStart));
        }
        planned = lastStart + gap.toNanos();
        gap = interval;
        paused = !pause.isZero();
        pausedUntil = now + pause.toNanos();
        if (paused && pausedUntil - planned > 0) {
            planned = pausedUntil;
        }
        schedule(now);
    }

    /** Plans no more polls. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** The poll that began last; null if none has. */
    @Nullable
    LastPoll lastPoll() {
        return lastPoll;
    }
}
