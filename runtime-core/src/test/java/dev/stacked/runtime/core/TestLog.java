package dev.stacked.runtime.core;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A log written by a test, with factories for its events. */
final class TestLog {
    static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    static final StackId STACK = new StackId("checkout");

    final PollerMeters meters = new PollerMeters(new SimpleMeterRegistry());
    final EventEncoder encoder = new EventEncoder("error", () -> 0, meters);
    final Journal journal = new Journal();
    final EventLog log;
    private StreamEvent.Snapshot state = snapshot();
    private List<StreamEvent.Failure> failing = List.of();

    TestLog(int entries) {
        this(entries, Long.MAX_VALUE);
    }

    TestLog(int entries, long bytes) {
        log = new EventLog(STACK, "e", encoder, journal, entries, bytes);
        log.open();
    }

    /** Appends the events of one change. */
    void append(StreamEvent... events) {
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.Snapshot snapshot) {
                state = snapshot;
            }
        }
        change(List.of(events), null);
    }

    /** Appends the events of one change that leads to the given state. */
    void append(StackRuntime runtime, List<StreamEvent> events) {
        state = new StreamEvent.Snapshot(runtime, AT);
        change(events, null);
    }

    void fail(StreamEvent.Failure failure) {
        failing = List.of(failure);
        change(List.of(), failure);
    }

    void failToo(StreamEvent.Failure failure) {
        failing = Stream.concat(failing.stream(), Stream.of(failure)).toList();
        change(List.of(), failure);
    }

    void recoverBut(StreamEvent.Failure lasting) {
        failing = List.of(lasting);
        change(List.of(), null);
    }

    void recover() {
        failing = List.of();
        change(List.of(), null);
    }

    private void change(List<StreamEvent> events, StreamEvent.Failure error) {
        boolean begun = log.head().number() > 0 || !events.isEmpty();
        StreamEvent.Failure current = failing.isEmpty() ? null : failing.get(0);
        log.append(new Change(
                events, error, new StackView(begun ? state : null, current, failing, UpstreamHealth.OK, AT)));
    }

    void beat() {
        log.beat(new StreamEvent.Heartbeat(AT, UpstreamHealth.OK, AT, null));
    }

    LogCursor fresh() {
        return LogCursor.fresh(log, meters, log.head(), log.head().number());
    }

    LogCursor resumed(String epoch, long number) {
        Head head = log.head();
        return LogCursor.resumed(log, meters, head, head.number(), new EventId(epoch, number));
    }

    static StreamEvent change(String stage) {
        return change(stage, 1);
    }

    static StreamEvent change(String stage, int todos) {
        return new StreamEvent.StageChanged(new StageId(stage), Any.runtime("review", todos), AT);
    }

    static StreamEvent review(String stage) {
        return new StreamEvent.ReviewReady(new StageId(stage), "Title", AT);
    }

    static StreamEvent.Snapshot snapshot(String... stages) {
        return new StreamEvent.Snapshot(
                new StackRuntime(List.of(stages).stream()
                        .map(id -> new StageState(new StageId(id), "Title", StageStatus.REVIEW, null))
                        .toList()),
                AT);
    }

    static StreamEvent.Failure failure(String message) {
        return new StreamEvent.Failure(ErrorCode.UPSTREAM_UNAVAILABLE, message, null);
    }
}
