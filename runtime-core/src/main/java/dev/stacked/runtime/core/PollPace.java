package dev.stacked.runtime.core;

import java.time.Duration;

/** How often a stack is polled at the moment. Confined to the stack's event loop. */
final class PollPace {
    private final PollIntervals intervals;
    private final StretchedInterval stretched;
    private final DocumentSchedule documents;
    private final StackState state;
    private final Failures failures;

    PollPace(
            PollIntervals intervals,
            StretchedInterval stretched,
            DocumentSchedule documents,
            StackState state,
            Failures failures) {
        this.intervals = intervals;
        this.stretched = stretched;
        this.documents = documents;
        this.state = state;
        this.failures = failures;
    }

    /** @param missing whether the last poll did not find the stack, which existed: whether it is gone must be known soon */
    PollRate rate(boolean missing) {
        if (missing) {
            return PollRate.ACTIVE;
        }
        if (failures.consecutive() > 0) {
            return PollRate.BACKING_OFF;
        }
        return state.isActive() ? PollRate.ACTIVE : PollRate.IDLE;
    }

    /** From the start of the last poll to the start of the next. */
    Duration interval(boolean missing) {
        PollRate rate = rate(missing);
        Duration usual = intervals.after(rate, failures.consecutive());
        if (failures.health() != UpstreamHealth.OK) {
            return usual; // the recovery should be noticed soon
        }
        Duration longest = Durations.longer(usual, stretched.current());
        return rate == PollRate.IDLE ? Durations.longer(longest, documents.interval()) : longest;
    }

    /** Ticker time before which a poll would find nothing to do: without active stages only the document is read. */
    long notBefore(boolean missing) {
        return rate(missing) == PollRate.IDLE ? documents.dueAt() : documents.readAt();
    }
}
