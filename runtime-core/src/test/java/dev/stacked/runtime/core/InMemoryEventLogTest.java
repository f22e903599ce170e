package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class InMemoryEventLogTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemoryEventLog log = new InMemoryEventLog(
            "e", new EventEncoder("error", () -> 0, new PollerMeters(new SimpleMeterRegistry())), 4);

    @Test
    void emptyLogHasNothing() {
        assertEquals(0, log.head());
        assertEquals(0, log.tail());
        assertTrue(log.reaches(0));
        assertEquals(Optional.empty(), log.after(0));
        assertEquals(Optional.empty(), log.currentAfter(0));
        assertEquals(Optional.empty(), log.reviewReadyAfter(0));
    }

    @Test
    void idsRiseByOneWithinTheEpoch() {
        assertEquals("e-1", log.append(change("a", 1)).id().orElseThrow().toString());
        assertEquals("e-2", log.append(change("a", 2)).id().orElseThrow().toString());
        assertEquals(2, log.head());
        assertEquals(1, log.tail());
        assertEquals("e", log.epoch());
    }

    @Test
    void keepsTheNewestEventsInOrder() {
        List<EncodedEvent> all = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            all.add(log.append(change("s" + i, i)));
        }

        assertEquals(all.subList(6, 10), replay(6));
        assertEquals(all.subList(8, 10), replay(8));
        assertEquals(List.of(), replay(10));
        assertEquals(7, log.tail());
        assertTrue(log.reaches(6));
        assertFalse(log.reaches(5));
        assertEquals(all.subList(6, 10), replay(0), "What is gone is passed over.");
    }

    @Test
    void stageRuntimeIsSupersededByANewerOneOfItsStage() {
        log.append(change("a", 1));
        log.append(change("b", 1));
        log.append(change("a", 2));

        assertEquals(List.of(2L, 3L), current(0));
    }

    @Test
    void snapshotSupersedesAllRuntimesAndTheSnapshotBefore() {
        log.append(snapshot("a"));
        log.append(change("a", 1));
        log.append(review("a"));
        log.append(snapshot("a"));

        assertEquals(List.of(3L, 4L), current(0));
    }

    @Test
    void reviewReadyIsSupersededOnlyByANewerOneOfItsStage() {
        log.append(review("a"));
        log.append(review("b"));
        log.append(change("a", 1));
        log.append(review("a"));

        assertEquals(List.of(2L, 3L, 4L), current(0));
        assertEquals(List.of(2L, 4L), reviews(0));
        assertEquals(List.of(4L), reviews(2));
    }

    @Test
    void reviewReadyOutlivesTheHistory() {
        log.append(snapshot("a", "b"));
        log.append(review("a"));
        for (int i = 0; i < 10; i++) {
            log.append(change("b", i));
        }

        assertFalse(log.reaches(1));
        assertEquals(List.of(2L), reviews(1));
    }

    @Test
    void reviewReadyOfAVanishedStageIsForgottenWithTheHistory() {
        for (int i = 0; i < 100; i++) {
            log.append(review("s" + i));
            log.append(snapshot("another"));
        }

        assertTrue(reviews(0).size() <= 4, "Bounded by the history: " + reviews(0));
    }

    private List<EncodedEvent> replay(long number) {
        return Stream.iterate(log.after(number), Optional::isPresent, event -> log.after(number(event)))
                .map(Optional::orElseThrow)
                .toList();
    }

    private List<Long> current(long number) {
        return Stream.iterate(log.currentAfter(number), Optional::isPresent, event -> log.currentAfter(number(event)))
                .map(InMemoryEventLogTest::number)
                .toList();
    }

    private List<Long> reviews(long number) {
        return Stream.iterate(
                        log.reviewReadyAfter(number), Optional::isPresent, event -> log.reviewReadyAfter(number(event)))
                .map(InMemoryEventLogTest::number)
                .toList();
    }

    private static long number(Optional<EncodedEvent> event) {
        return event.orElseThrow().id().orElseThrow().number();
    }

    private static StreamEvent change(String stage, int todos) {
        return new StreamEvent.StageChanged(new StageId(stage), Any.runtime("review", todos), AT);
    }

    private static StreamEvent review(String stage) {
        return new StreamEvent.ReviewReady(new StageId(stage), "Title", AT);
    }

    private static StreamEvent snapshot(String... stages) {
        List<StageState> states = Stream.of(stages)
                .map(id -> new StageState(new StageId(id), "Title", StageStatus.REVIEW, null))
                .toList();
        return new StreamEvent.Snapshot(new StackId("checkout"), new StackRuntime(states), AT);
    }
}
