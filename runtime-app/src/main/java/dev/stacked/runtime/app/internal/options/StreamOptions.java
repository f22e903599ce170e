package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.core.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The options of polling and of every stream, which core has a type for. */
final class StreamOptions {
    /** An attempt times out before its call does, as it knows the reason. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** What core takes for no limit. */
    private static final int UNLIMITED = 0;

    private static final int MAX_HISTORY = 65_536;
    /** More than one runtime. */
    private static final int MIN_HISTORY_BYTES = 1024;
    /** Less than a heap. */
    private static final int MAX_HISTORY_BYTES = 1024 * 1024 * 1024;

    private static final Pattern EVENT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Set<String> OTHER_EVENTS = Set.of("snapshot", "stage-runtime", "review-ready", "heartbeat");

    private static final Option<Duration> POLL_INTERVAL = Option.of(
            "--poll-interval",
            "DURATION",
            Values.duration(),
            "2s",
            "From the start of a stack's poll to the start of the next.");

    private static final Option<Duration> IDLE_POLL_INTERVAL = Option.of(
            "--idle-poll-interval",
            "DURATION",
            Values.duration(),
            "10s",
            "The same while all its stages are done or not started; never shorter than --poll-interval.");

    private static final Option<Optional<Duration>> MAX_POLL_INTERVAL = Option.optional(
            "--max-poll-interval",
            "DURATION",
            Values.duration(),
            "Up to this the interval of a stack doubles with each change that a refresh announced; off by default.");

    private static final Option<Duration> DOCUMENT_INTERVAL = Option.of(
            "--document-interval",
            "DURATION",
            Values.durationFrom(Duration.ZERO),
            "0s",
            "Minimum time between two reads of a stack document; 0s means with every poll.");

    private static final Option<Duration> MAX_BACK_OFF = Option.of(
            "--max-backoff",
            "DURATION",
            Values.duration(),
            "10s",
            "Maximum poll interval of a stack that cannot be read; never shorter than --poll-interval.");

    private static final Option<Optional<Integer>> UPSTREAM_RATE = Option.optional(
            "--upstream-rate",
            "N/s",
            Values.perSecond(),
            "Maximum number of upstream calls per second, over all stacks, such as 50/s; no limit by default.");

    private static final Option<Duration> HEARTBEAT_INTERVAL = Option.of(
            "--heartbeat-interval", "DURATION", Values.duration(), "15s", "Time between two heartbeats of a stream.");

    private static final Option<Duration> FIRST_SNAPSHOT_TIMEOUT = Option.of(
            "--first-snapshot-timeout",
            "DURATION",
            Values.duration(),
            "2s",
            "How long a new stream waits for its stack's first poll.");

    private static final Option<Duration> RETAIN = Option.of(
            "--retain",
            "DURATION",
            Values.duration(),
            "60s",
            "How long a stack's state is kept after its last reader left.");

    private static final Option<Integer> HISTORY = Option.of(
            "--history", "N", Values.wholeNumber(1, MAX_HISTORY), "256", "Events per stack that can be replayed.");

    private static final Option<Integer> HISTORY_BYTES = Option.of(
            "--history-bytes",
            "BYTES",
            Values.wholeNumber(MIN_HISTORY_BYTES, MAX_HISTORY_BYTES),
            "1048576",
            "Maximum size of these events in bytes of JSON, per stack.");

    private static final Option<String> ERROR_EVENT = Option.of(
            "--error-event",
            "NAME",
            Values.text(
                    value -> EVENT.matcher(value).matches() && !OTHER_EVENTS.contains(value),
                    "must be a letter and up to 63 letters, digits, '_' or '-',"
                            + " and not snapshot, stage-runtime, review-ready or heartbeat"),
            "error",
            "Event name of errors.");

    static final List<Option<?>> ALL = List.of(
            POLL_INTERVAL,
            IDLE_POLL_INTERVAL,
            MAX_POLL_INTERVAL,
            DOCUMENT_INTERVAL,
            MAX_BACK_OFF,
            UPSTREAM_RATE,
            HEARTBEAT_INTERVAL,
            FIRST_SNAPSHOT_TIMEOUT,
            RETAIN,
            HISTORY,
            HISTORY_BYTES,
            ERROR_EVENT);

    private StreamOptions() {}

    /**
     * The settings.
     *
     * @param upstreamTimeout time limit for one attempt of an upstream call
     * @param maxStacks stacks in memory
     */
    static StreamSettings of(Reading given, Duration upstreamTimeout, int maxStacks) {
        Duration pollInterval = given.get(POLL_INTERVAL);
        Duration longer = pollInterval.compareTo(upstreamTimeout) > 0 ? pollInterval : upstreamTimeout;
        return StreamSettings.defaults()
                .withPollInterval(pollInterval)
                .withIdlePollInterval(given.get(IDLE_POLL_INTERVAL))
                .withMaxPollInterval(given.get(MAX_POLL_INTERVAL).orElse(pollInterval))
                .withDocumentInterval(given.get(DOCUMENT_INTERVAL))
                .withMaxBackOff(given.get(MAX_BACK_OFF))
                .withUpstreamRate(given.get(UPSTREAM_RATE).orElse(UNLIMITED))
                .withHeartbeatInterval(given.get(HEARTBEAT_INTERVAL))
                .withFirstSnapshotTimeout(given.get(FIRST_SNAPSHOT_TIMEOUT))
                .withRetain(given.get(RETAIN))
                .withCallBudget(longer.plus(GRACE))
                .withHistory(given.get(HISTORY))
                .withHistoryBytes(given.get(HISTORY_BYTES))
                .withMaxStacks(maxStacks)
                .withErrorEvent(given.get(ERROR_EVENT));
    }
}
