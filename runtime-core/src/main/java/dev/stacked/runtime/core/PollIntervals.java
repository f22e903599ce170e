package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * The time from the start of one poll of a stack to the start of the next. It depends on the stack's id alone, and is
 * well spread over stacks, so that stacks that start or fail together do not stay in step.
 */
final class PollIntervals {
    /** Number of failures without back-off, since most outages are short. */
    private static final int FAILURES_AT_THE_USUAL_PACE = 2;

    /** Enough to reach a back-off of a day from an interval of 2 s. */
    private static final int MAX_DOUBLINGS = 16;

    private static final int PHASES = 1 << 10;

    private final int hash;
    private final Duration active;
    private final Duration idle;
    private final Duration maxBackOff;

    /**
     * @param idle raised to {@code active} if it is shorter
     * @param maxBackOff likewise
     */
    PollIntervals(StackId stack, Duration active, Duration idle, Duration maxBackOff) {
        this.hash = stack.value().hashCode();
        this.active = active;
        this.idle = Durations.longer(active, idle);
        this.maxBackOff = Durations.longer(active, maxBackOff);
    }

    /** The shortest interval. */
    Duration active() {
        return active;
    }

    /**
     * The interval after a poll.
     *
     * @param failures number of consecutive failed polls, including this one
     */
    Duration after(PollRate rate, int failures) {
        return switch (rate) {
            case STOPPED, ACTIVE -> active;
            case IDLE -> idle;
            case BACKING_OFF -> backOff(failures);
        };
    }

    /** Doubles with each failure, minus up to a quarter: 2, 2, 4, 8, 10, 10 s for an interval of 2 s and a maximum of 10 s. */
    private Duration backOff(int failures) {
        int doublings = Math.min(Math.max(0, failures - FAILURES_AT_THE_USUAL_PACE), MAX_DOUBLINGS);
        Duration doubled = active.multipliedBy(1L << doublings);
        Duration full = Durations.shorter(doubled, maxBackOff);
        return Durations.longer(active, full.minus(share(full.dividedBy(4), failures)));
    }

    /** The first interval after a start: shorter by up to a half, so that stacks fall out of step. */
    Duration first(Duration interval) {
        return interval.minus(share(interval.dividedBy(2), 0));
    }

    /** Consecutive seeds give shares that are far apart. */
    private Duration share(Duration whole, int seed) {
        int phase = ((hash + seed) * 0x9E3779B9) >>> 22;
        return whole.multipliedBy(phase).dividedBy(PHASES);
    }
}
