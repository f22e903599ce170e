package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How stacks are polled and streams are kept.
 *
 * @param pollInterval from the start of one poll of a stack to the start of the next, while any stage is neither done
 *     nor not started; polls never overlap
 * @param idlePollInterval the same while every stage is done or not started; one that is shorter than {@code
 *     pollInterval} counts as that
 * @param maxPollInterval maximum of the poll interval of a stack whose changes are announced by nudges: each announced
 *     change that a poll finds doubles the interval, and a change that was not announced restores {@code pollInterval}.
 *     One that is shorter than {@code pollInterval} counts as that, which is the default
 * @param documentInterval minimum time between two reads of the stack document, which is needed only to notice stages
 *     that come and go; polls in between reconcile the known stages. Zero, the default, means that every poll reads it.
 *     A nudge reads it too
 * @param maxBackOff maximum interval while the stack document cannot be read; one that is shorter than {@code
 *     pollInterval} counts as that
 * @param upstreamRate maximum number of calls of the {@link Reconciler} per second, over all stacks; 0 means no limit.
 *     Beyond it calls wait, in the order in which they were wanted
 * @param heartbeatInterval time between two heartbeats of a stream
 * @param firstSnapshotTimeout how long a new stream waits for its stack's first poll before it opens without
 * @param retain how long a stack's state and history outlive its last subscriber
 * @param callBudget how long one call of the {@link Reconciler} may take before it counts as failed
 * @param history how many events of a stack are kept for clients that resume
 * @param historyBytes maximum size of these events in bytes of JSON, per stack; the newest change is kept regardless
 * @param maxStacks maximum number of stacks in memory, with subscribers and without; beyond it the one that has been
 *     without subscribers for the longest time is dropped. Stacks with subscribers are never dropped
 * @param errorEvent the event name of failures; by default {@code error}
 */
public record StreamSettings(
        Duration pollInterval,
        Duration idlePollInterval,
        Duration maxPollInterval,
        Duration documentInterval,
        Duration maxBackOff,
        int upstreamRate,
        Duration heartbeatInterval,
        Duration firstSnapshotTimeout,
        Duration retain,
        Duration callBudget,
        int history,
        long historyBytes,
        int maxStacks,
        String errorEvent) {

    /** A little more than the usual timeout of an attempt, so that a call ends by that, which knows the reason. */
    private static final Duration DEFAULT_CALL_BUDGET = Duration.ofMillis(10_250);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the setting that is out of its range
     */
    public StreamSettings {
        requirePositive("pollInterval", pollInterval);
        requirePositive("idlePollInterval", idlePollInterval);
        requirePositive("maxPollInterval", maxPollInterval);
        requireNotNegative("documentInterval", documentInterval.isNegative(), documentInterval);
        requirePositive("maxBackOff", maxBackOff);
        requireNotNegative("upstreamRate", upstreamRate < 0, upstreamRate);
        requirePositive("heartbeatInterval", heartbeatInterval);
        requirePositive("firstSnapshotTimeout", firstSnapshotTimeout);
        requirePositive("retain", retain);
        requirePositive("callBudget", callBudget);
        requireAtLeastOne("history", history);
        requireAtLeastOne("historyBytes", historyBytes);
        requireAtLeastOne("maxStacks", maxStacks);
        EventEncoder.requireErrorEvent(errorEvent);
    }

    /**
     * Poll every 2 s, idle stacks every 10 s, failing ones at least every 10 s, each poll with the document, without a
     * limit on calls per second; heartbeat every 15 s, wait 2 s, retain 60 s, 10.25 s a call, 256 events
     * and 1 MiB of history, 1,000 stacks, {@code error}.
     */
    public static StreamSettings defaults() {
        return new StreamSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofSeconds(10),
                UpstreamRate.UNLIMITED,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                DEFAULT_CALL_BUDGET,
                256,
                1024 * 1024,
                1000,
                EventEncoder.DEFAULT_ERROR_EVENT);
    }

    /** These settings with another poll interval. */
    public StreamSettings withPollInterval(Duration value) {
        return with(settings -> settings.pollInterval = value);
    }

    /** These settings with another poll interval of idle stacks. */
    public StreamSettings withIdlePollInterval(Duration value) {
        return with(settings -> settings.idlePollInterval = value);
    }

    /** These settings with another maximum of the stretched poll interval. */
    public StreamSettings withMaxPollInterval(Duration value) {
        return with(settings -> settings.maxPollInterval = value);
    }

    /** These settings with another minimum time between two reads of the stack document. */
    public StreamSettings withDocumentInterval(Duration value) {
        return with(settings -> settings.documentInterval = value);
    }

    /** These settings with another maximum back-off. */
    public StreamSettings withMaxBackOff(Duration value) {
        return with(settings -> settings.maxBackOff = value);
    }

    /** These settings with another limit on calls per second. */
    public StreamSettings withUpstreamRate(int value) {
        return with(settings -> settings.upstreamRate = value);
    }

    /** These settings with another heartbeat interval. */
    public StreamSettings withHeartbeatInterval(Duration value) {
        return with(settings -> settings.heartbeatInterval = value);
    }

    /** These settings with another time to wait for the first snapshot. */
    public StreamSettings withFirstSnapshotTimeout(Duration value) {
        return with(settings -> settings.firstSnapshotTimeout = value);
    }

    /** These settings with another time to keep a stack without readers. */
    public StreamSettings withRetain(Duration value) {
        return with(settings -> settings.retain = value);
    }

    /** These settings with another budget for a call. */
    public StreamSettings withCallBudget(Duration value) {
        return with(settings -> settings.callBudget = value);
    }

    /** These settings with another length of the history. */
    public StreamSettings withHistory(int value) {
        return with(settings -> settings.history = value);
    }

    /** These settings with another bound of the history in bytes. */
    public StreamSettings withHistoryBytes(long value) {
        return with(settings -> settings.historyBytes = value);
    }

    /** These settings with another maximum number of stacks. */
    public StreamSettings withMaxStacks(int value) {
        return with(settings -> settings.maxStacks = value);
    }

    /** These settings with another name for the error event. */
    public StreamSettings withErrorEvent(String value) {
        return with(settings -> settings.errorEvent = value);
    }

    private StreamSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** A mutable copy, so that each method above names only the setting that it changes. */
    private static final class Draft {
        private Duration pollInterval;
        private Duration idlePollInterval;
        private Duration maxPollInterval;
        private Duration documentInterval;
        private Duration maxBackOff;
        private int upstreamRate;
        private Duration heartbeatInterval;
        private Duration firstSnapshotTimeout;
        private Duration retain;
        private Duration callBudget;
        private int history;
        private long historyBytes;
        private int maxStacks;
        private String errorEvent;

        Draft(StreamSettings from) {
            pollInterval = from.pollInterval;
            idlePollInterval = from.idlePollInterval;
            maxPollInterval = from.maxPollInterval;
            documentInterval = from.documentInterval;
            maxBackOff = from.maxBackOff;
            upstreamRate = from.upstreamRate;
            heartbeatInterval = from.heartbeatInterval;
            firstSnapshotTimeout = from.firstSnapshotTimeout;
            retain = from.retain;
            callBudget = from.callBudget;
            history = from.history;
            historyBytes = from.historyBytes;
            maxStacks = from.maxStacks;
            errorEvent = from.errorEvent;
        }

        StreamSettings finished() {
            return new StreamSettings(
                    pollInterval,
                    idlePollInterval,
                    maxPollInterval,
                    documentInterval,
                    maxBackOff,
                    upstreamRate,
                    heartbeatInterval,
                    firstSnapshotTimeout,
                    retain,
                    callBudget,
                    history,
                    historyBytes,
                    maxStacks,
                    errorEvent);
        }
    }

    private static void requireAtLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1; it is " + value + ".");
        }
    }

    private static void requireNotNegative(String name, boolean negative, Object value) {
        if (negative) {
            throw new IllegalArgumentException(name + " must not be negative; it is " + value + ".");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero; it is " + value + ".");
        }
    }
}
