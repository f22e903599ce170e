package dev.stacked.runtime.app.options;

import dev.stacked.runtime.core.StreamSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of every stream. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class StreamArguments {
    @Option(
            names = "--poll-interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "From the start of a stack's poll to the start of its next. Default: ${DEFAULT-VALUE}.")
    private Duration pollInterval;

    @Option(
            names = "--idle-poll-interval",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "The same while all its stages are done or not started; never shorter than --poll-interval."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration idlePollInterval;

    @Option(
            names = "--heartbeat-interval",
            paramLabel = "DURATION",
            defaultValue = "15s",
            converter = DurationConverter.class,
            description = "Between two heartbeats of a stream. Default: ${DEFAULT-VALUE}.")
    private Duration heartbeatInterval;

    @Option(
            names = "--first-snapshot-timeout",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "How long a new stream waits for its stack's first poll. Default: ${DEFAULT-VALUE}.")
    private Duration firstSnapshotTimeout;

    @Option(
            names = "--retain",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long a stack is remembered after its last client left. Default: ${DEFAULT-VALUE}.")
    private Duration retain;

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "256",
            converter = WholeNumberConverter.History.class,
            description = "Events per stack that can be replayed. Default: ${DEFAULT-VALUE}.")
    private int history;

    @Option(
            names = "--history-bytes",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            converter = WholeNumberConverter.HistoryBytes.class,
            description = "Bytes of JSON that these events may have, per stack. Default: ${DEFAULT-VALUE}.")
    private int historyBytes;

    @Option(
            names = "--error-event",
            paramLabel = "NAME",
            defaultValue = "error",
            converter = TextConverter.ErrorEvent.class,
            description = "Event name of errors. Default: ${DEFAULT-VALUE}.")
    private String errorEvent;

    /**
     * The settings.
     *
     * @param upstreamTimeout how long the upstream may take for one attempt of a call
     * @param maxStacks how many stacks are held
     */
    StreamSettings settings(Duration upstreamTimeout, int maxStacks) {
        Duration callBudget = pollInterval.compareTo(upstreamTimeout) > 0 ? pollInterval : upstreamTimeout;
        return StreamSettings.defaults()
                .withPollInterval(pollInterval)
                .withIdlePollInterval(idlePollInterval)
                .withHeartbeatInterval(heartbeatInterval)
                .withFirstSnapshotTimeout(firstSnapshotTimeout)
                .withRetain(retain)
                .withCallBudget(callBudget)
                .withHistory(history)
                .withHistoryBytes(historyBytes)
                .withMaxStacks(maxStacks)
                .withErrorEvent(errorEvent);
    }
}
