package dev.stacked.runtime.core;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;

/** An open log of a stack with {@value #STAGES} stages, and the changes to write into it. */
final class BenchLog {
    static final int STAGES = 8;
    static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    static final StackId STACK = new StackId("checkout");

    /** As in the server by default. */
    private static final int MAX_ENTRIES = 1_000;

    final PollerMeters meters = new PollerMeters(new SimpleMeterRegistry());
    final EventEncoder encoder = new EventEncoder(EventEncoder.DEFAULT_ERROR_EVENT, () -> 0, meters);
    final EventLog log = new EventLog(STACK, "29qg1j33rwui", encoder, new Journal(), MAX_ENTRIES, Long.MAX_VALUE);

    BenchLog() {
        StreamEvent.Snapshot state = new StreamEvent.Snapshot(stack(0, STAGES), AT);
        log.append(change(state, List.of(state)));
        log.open();
    }

    /** The first {@code changed} stages have {@code todos} completed todos, the others have no completed ones. */
    static StackRuntime stack(int todos, int changed) {
        return new StackRuntime(IntStream.range(0, STAGES)
                .mapToObj(i -> new StageState(
                        stage(i), "Stage " + i, StageStatus.IN_PROGRESS, runtime(i < changed ? todos : 0)))
                .toList());
    }

    /** A change of the first {@code events} stages. */
    static Change change(int todos, int events) {
        StreamEvent.Snapshot state = new StreamEvent.Snapshot(stack(todos, events), AT);
        return change(
                state,
                IntStream.range(0, events)
                        .<StreamEvent>mapToObj(i -> new StreamEvent.StageChanged(stage(i), runtime(todos), AT))
                        .toList());
    }

    @SuppressWarnings("NullAway") // before JDK 22 it does not see the annotations of a record in another jar
    private static Change change(StreamEvent.Snapshot state, List<StreamEvent> events) {
        return new Change(events, null, new StackView(state, null, List.of(), UpstreamHealth.OK, AT));
    }

    static StageId stage(int index) {
        return new StageId("stage-" + index);
    }

    static StageRuntime runtime(int todos) {
        return StageRuntime.of(JsonNodeFactory.instance
                .objectNode()
                .put("stageStatus", "in-progress")
                .put("runtimeState", "busy")
                .put("todoCompleted", todos)
                .put("todoTotal", 1_000));
    }

    /** A reader that has read everything. */
    LogCursor reader() {
        LogCursor reader = LogCursor.fresh(log, meters, log.head(), log.head().number());
        while (reader.poll(Integer.MAX_VALUE) != null) {
            // discards the events
        }
        return reader;
    }
}
