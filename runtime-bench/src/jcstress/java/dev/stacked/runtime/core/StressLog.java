package dev.stacked.runtime.core;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.node.JsonNodeFactory;

/** A log that holds one snapshot, under number 1, and a reader that has read it. */
final class StressLog {
    static final PollerMeters METERS = new PollerMeters(new SimpleMeterRegistry());

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final StackId STACK = new StackId("checkout");
    private static final EventEncoder ENCODER = new EventEncoder(EventEncoder.DEFAULT_ERROR_EVENT, () -> 0, METERS);

    /** A log that never opens. */
    static final EventLog CLOSED = new EventLog(STACK, "e", ENCODER, new Journal(), 1, Long.MAX_VALUE);

    /** Each change has two events of different stages, so that no event supersedes another. */
    static final Change FIRST_CHANGE = change("a", "b");

    static final Change SECOND_CHANGE = change("c", "d");

    final EventLog log;

    StressLog(int entries) {
        log = new EventLog(STACK, "e", ENCODER, new Journal(), entries, Long.MAX_VALUE);
        StreamEvent.Snapshot state = state();
        log.append(change(state, List.of(state)));
        log.open();
    }

    /** A reader that has read everything. */
    LogCursor reader() {
        LogCursor reader = LogCursor.fresh(log, METERS, log.head(), log.head().number());
        read(reader);
        return reader;
    }

    /** Reads everything that is due: {@code 2+3}, with an S before a snapshot's number; empty if nothing is due. */
    static String read(LogCursor reader) {
        StringJoiner read = new StringJoiner("+");
        for (EncodedEvent event = reader.poll(Integer.MAX_VALUE);
                event != null;
                event = reader.poll(Integer.MAX_VALUE)) {
            read.add((event.name().equals("snapshot") ? "S" : "") + event.number());
        }
        return read.toString();
    }

    static String join(String before, String after) {
        return before.isEmpty() || after.isEmpty() ? before + after : before + "+" + after;
    }

    private static Change change(String... stages) {
        List<StreamEvent> events = List.of(stages).stream()
                .<StreamEvent>map(id -> new StreamEvent.StageChanged(new StageId(id), runtime(), AT))
                .toList();
        return change(state(), events);
    }

    private static Change change(StreamEvent.Snapshot state, List<StreamEvent> events) {
        return new Change(events, null, new StackView(state, null, List.of(), UpstreamHealth.OK, AT));
    }

    private static StreamEvent.Snapshot state() {
        return new StreamEvent.Snapshot(new StackRuntime(List.of()), AT);
    }

    private static StageRuntime runtime() {
        return StageRuntime.of(JsonNodeFactory.instance
                .objectNode()
                .put("stageStatus", "in-progress")
                .put("runtimeState", "busy")
                .put("todoCompleted", 1)
                .put("todoTotal", 2));
    }
}
