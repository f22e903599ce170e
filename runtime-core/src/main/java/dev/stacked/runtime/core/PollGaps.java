package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * How long it is from the start of one poll of a stack to the start of the next. Pure: the same for the same stack,
 * and well spread over stacks, so that those that were joined together (after a restart, say), or that failed
 * together, do not stay in step.
 */
final class PollGaps {
    /** Maximum back-off: people are waiting for the recovery, so it must not be noticed much later. */
    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    /** A short outage is the most likely one: as many failures as this cost no extra time. */
    private static final int FAILURES_AT_THE_USUAL_PACE = 2;

    /** Enough to reach the longest back-off from the shortest interval. */
    private static final int MOST_DOUBLINGS = 16;

    private static final int PHASES = 1 << 10;

    private final int hash;
    private final Duration active;
    private final Duration idle;

    /** @param idle one that is shorter than {@code active} counts as that */
    PollGaps(StackId stack, Duration active, Duration idle) {
        this.hash = stack.value().hashCode();
        this.active = active;
        this.idle = longer(active, idle);
    }

    /** The shortest gap. */
    Duration active() {
        return active;
    }

    /**
     * The gap after a poll.
     *
     * @param failures how many polls in a row have failed, that one included
     */
    Duration after(PollCadence cadence, int failures) {
        return switch (cadence) {
            case STOPPED, ACTIVE -> active;
            case IDLE -> idle;
            case BACKING_OFF -> backOff(failures);
        };
    }

    /** Doubles from failure to failure, less up to a quarter: 2, 2, 4, 8, 16, 30, 30 s for an interval of 2 s. */
    private Duration backOff(int failures) {
        int doublings = Math.min(Math.max(0, failures - FAILURES_AT_THE_USUAL_PACE), MOST_DOUBLINGS);
        Duration doubled = active.multipliedBy(1L << doublings);
        Duration full = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
        return longer(active, full.minus(share(full.dividedBy(4), failures)));
    }

    /** The first gap after a start: shorter by up to a half, so that stacks fall out of step. */
    Duration first(Duration gap) {
        return gap.minus(share(gap.dividedBy(2), 0));
    }

    /** Consecutive seeds give shares that are far apart. */
    private Duration share(Duration whole, int seed) {
        int phase = ((hash + seed) * 0x9E3779B9) >>> 22;
        return whole.multipliedBy(phase).dividedBy(PHASES);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
