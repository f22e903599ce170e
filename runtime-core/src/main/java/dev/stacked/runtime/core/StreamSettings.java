package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * How stacks are polled and streams are kept.
 *
 * @param pollInterval from the start of one poll of a stack to the start of the next; polls never overlap
 * @param heartbeatInterval between two heartbeats of a stream
 * @param firstSnapshotTimeout how long a new stream waits for its stack's first poll before it opens without
 * @param retain how long a stack's state and history outlive its last subscriber
 * @param callBudget how long one call of the {@link Reconciler} may take before it counts as failed
 * @param history how many events of a stack are kept for clients that resume
 * @param errorEvent the name of the event that tells a failure; by default {@code error}
 */
public record StreamSettings(
        Duration pollInterval,
        Duration heartbeatInterval,
        Duration firstSnapshotTimeout,
        Duration retain,
        Duration callBudget,
        int history,
        String errorEvent) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the setting that is out of its range
     */
    public StreamSettings {
        requirePositive("pollInterval", pollInterval);
        requirePositive("heartbeatInterval", heartbeatInterval);
        requirePositive("firstSnapshotTimeout", firstSnapshotTimeout);
        requirePositive("retain", retain);
        requirePositive("callBudget", callBudget);
        if (history < 1) {
            throw new IllegalArgumentException("history must be at least 1; it is " + history + ".");
        }
        EventEncoder.requireErrorEvent(errorEvent);
    }

    /** Poll every 2 s, heartbeat every 15 s, wait 2 s, retain 60 s, 5 s a call, 256 events, {@code error}. */
    public static StreamSettings defaults() {
        return new StreamSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                256,
                EventEncoder.DEFAULT_ERROR_EVENT);
    }

    /** These settings with another poll interval. */
    public StreamSettings withPollInterval(Duration value) {
        return new StreamSettings(
                value, heartbeatInterval, firstSnapshotTimeout, retain, callBudget, history, errorEvent);
    }

    /** These settings with another heartbeat interval. */
    public StreamSettings withHeartbeatInterval(Duration value) {
        return new StreamSettings(pollInterval, value, firstSnapshotTimeout, retain, callBudget, history, errorEvent);
    }

    /** These settings with another time to wait for the first snapshot. */
    public StreamSettings withFirstSnapshotTimeout(Duration value) {
        return new StreamSettings(pollInterval, heartbeatInterval, value, retain, callBudget, history, errorEvent);
    }

    /** These settings with another time to keep a stack that nobody reads. */
    public StreamSettings withRetain(Duration value) {
        return new StreamSettings(
                pollInterval, heartbeatInterval, firstSnapshotTimeout, value, callBudget, history, errorEvent);
    }

    /** These settings with another budget for a call. */
    public StreamSettings withCallBudget(Duration value) {
        return new StreamSettings(
                pollInterval, heartbeatInterval, firstSnapshotTimeout, retain, value, history, errorEvent);
    }

    /** These settings with another length of the history. */
    public StreamSettings withHistory(int value) {
        return new StreamSettings(
                pollInterval, heartbeatInterval, firstSnapshotTimeout, retain, callBudget, value, errorEvent);
    }

    /** These settings with another name for the error event. */
    public StreamSettings withErrorEvent(String value) {
        return new StreamSettings(
                pollInterval, heartbeatInterval, firstSnapshotTimeout, retain, callBudget, history, value);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero; it is " + value + ".");
        }
    }
}
