package dev.stacked.runtime.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stack that is read, or that was until a short while ago, is doing: for people who operate the server.
 *
 * @param stack which one
 * @param subscribers how many streams read it
 * @param rate whether it is polled, and how often
 * @param interval from the start of one poll to the start of the next, at the moment; a poll that takes longer is
 *     followed at once
 * @param lastPoll the poll that began last; null if none has
 * @param upstream how the last poll went
 * @param consecutiveFailures how many polls in a row, up to the last that is over, could not get the stack document
 * @param failing what fails at the moment: the stack document first, then stages
 * @param oldestEvent the oldest event that can still be replayed; null if the history has not begun
 * @param newestEvent the newest event of the history; null if it has not begun
 */
public record PollerStatus(
        StackId stack,
        int subscribers,
        PollRate rate,
        Duration interval,
        @Nullable LastPoll lastPoll,
        UpstreamHealth upstream,
        int consecutiveFailures,
        List<Failing> failing,
        @Nullable EventId oldestEvent,
        @Nullable EventId newestEvent) {

    /** Copies the list. */
    public PollerStatus {
        failing = List.copyOf(failing);
    }

    /** Whether the stack is polled. */
    public boolean isPolled() {
        return rate != PollRate.STOPPED;
    }

    /**
     * What fails.
     *
     * @param failure the failure, as streams report it
     * @param reason why, in a few words that quote nothing of the upstream, such as {@code HTTP 401 Unauthorized}; null if
     *     there is nothing to add to the code
     */
    public record Failing(
            StreamEvent.Failure failure, @Nullable String reason) {}

    /**
     * A poll in time.
     *
     * @param startedAt when it began
     * @param lag how much later than planned that was: its event loop was busy, or the poll before took longer than the
     *     interval
     * @param took how long it took; null while it is under way, and if it was broken off as the last reader left
     */
    public record LastPoll(
            Instant startedAt, Duration lag, @Nullable Duration took) {
        LastPoll endedAfter(Duration duration) {
            return new LastPoll(startedAt, lag, duration);
        }
    }
}
