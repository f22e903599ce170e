package dev.stacked.runtime.core;

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
    private long lastStart;
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

    /** Polls now. */
    void start() {
        gap = firstGap;
        run();
    }

    private void run() {
        lastStart = loop.nanoTime();
        poll.run();
    }

    /** Plans the next poll, not before {@code pause} has passed. */
    void pollEnded(Duration pause) {
        long untilNext = lastStart + gap.toNanos() - loop.nanoTime();
        gap = interval;
        timer = loop.schedule(this::run, Duration.ofNanos(Math.max(Math.max(0, untilNext), pause.toNanos())));
    }

    /** Plans no more polls. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
