package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final PollerMeters meters = new PollerMeters(new SimpleMeterRegistry());
    private final EventEncoder encoder = new EventEncoder("error", () -> 0, meters);
    private final EventLog log = new InMemoryEventLog("e", encoder, 3);

    @Test
    void newcomerWaitsForTheHistoryToBegin() {
        Outbox outbox = fresh();
        assertFalse(outbox.hasNext());
        assertEquals(Optional.empty(), outbox.next());

        log.append(snapshot());

        assertEquals(List.of("e-1 snapshot"), rest(outbox));
        assertFalse(outbox.hasNext());
    }

    @Test
    void newcomerGetsThePresentStateUnderTheNewestId() {
        log.append(snapshot());
        log.append(change("a"));

        assertEquals(List.of("e-2 snapshot"), rest(fresh()));
    }

    @Test
    void resumedReaderGetsSupersededEventsTooUpToWhereItCame() {
        log.append(snapshot());
        log.append(change("a"));
        log.append(change("a"));
        Outbox outbox = Outbox.resumed(log, this::snapshotAt, meters, new EventId("e", 1));

        assertEquals(List.of("e-2 stage-runtime", "e-3 stage-runtime"), rest(outbox));
    }

    @Test
    void readerThatFellBehindSkipsWhatIsSuperseded() {
        log.append(snapshot());
        Outbox outbox = fresh();
        rest(outbox);
        log.append(change("a"));
        log.append(change("b"));
        log.append(change("a"));

        assertEquals(List.of("e-3 stage-runtime", "e-4 stage-runtime"), rest(outbox));
    }

    @Test
    void readerIsShownTheStageInReviewBeforeItIsToldThatItIsReady() {
        log.append(snapshot());
        Outbox outbox = fresh();
        rest(outbox);
        log.append(change("a"));
        log.append(review("a"));
        log.append(change("a"));

        assertEquals(List.of("e-2 snapshot", "e-3 review-ready"), rest(outbox));
        log.append(change("a"));
        assertEquals(List.of("e-5 stage-runtime"), rest(outbox));
    }

    @Test
    void readerThatFellBehindTheHistoryGetsASnapshotJustBeforeTheReviewsItMissed() {
        log.append(snapshot());
        Outbox outbox = fresh();
        rest(outbox);
        log.append(change("a"));
        log.append(review("a"));
        for (int i = 0; i < 5; i++) {
            log.append(change("b"));
        }

        assertEquals(List.of("e-2 snapshot", "e-3 review-ready"), rest(outbox));
        log.append(change("a"));
        assertEquals(List.of("e-9 stage-runtime"), rest(outbox));
    }

    @Test
    void reviewGoesFirstWhereNoIdIsFreeForTheSnapshot() {
        log.append(snapshot());
        Outbox outbox = fresh();
        rest(outbox);
        log.append(review("a"));
        for (int i = 0; i < 5; i++) {
            log.append(change("b"));
        }

        assertEquals(List.of("e-2 review-ready", "e-7 snapshot"), rest(outbox));
    }

    @Test
    void reviewsInARowLongerThanTheHistoryAreAllThatIsOwed() {
        log.append(snapshot());
        Outbox outbox = fresh();
        rest(outbox);
        for (String stage : List.of("a", "b", "c", "d", "f")) {
            log.append(review(stage));
        }

        List<String> told = rest(outbox);
        assertEquals(
                List.of(
                        "e-2 review-ready",
                        "e-3 review-ready",
                        "e-4 review-ready",
                        "e-5 review-ready",
                        "e-6 review-ready"),
                told);
        log.append(change("a"));
        assertEquals(List.of("e-7 stage-runtime"), rest(outbox));
    }

    @Test
    void reviewThatComesWhileOthersAreCaughtUpIsToldInItsTurn() {
        log.append(snapshot());
        Outbox outbox = fresh();
        log.append(change("a"));
        log.append(review("a"));
        assertEquals("e-2 snapshot", shown(outbox.next().orElseThrow()));
        log.append(change("b"));
        log.append(review("b"));

        assertEquals(List.of("e-3 review-ready", "e-4 stage-runtime", "e-5 review-ready"), rest(outbox));
    }

    @Test
    void unknownPositionIsAsGoodAsNone() {
        log.append(snapshot());

        assertEquals(List.of("e-1 snapshot"), rest(Outbox.resumed(log, this::snapshotAt, meters, new EventId("e", 2))));
        assertEquals(List.of("e-1 snapshot"), rest(Outbox.resumed(log, this::snapshotAt, meters, new EventId("x", 1))));
        assertEquals(List.of(), rest(Outbox.resumed(log, this::snapshotAt, meters, new EventId("e", 1))));
    }

    @Test
    void onlyTheNewestFailureAndHeartbeatWaitAndTheyComeLast() {
        Outbox outbox = fresh();
        outbox.offerHeartbeat(EncodedEvent.of(null, "heartbeat", "1"));
        outbox.offerHeartbeat(EncodedEvent.of(null, "heartbeat", "2"));
        outbox.offerFailure(EncodedEvent.of(null, "error", "3"));
        outbox.offerFailure(EncodedEvent.of(null, "error", "4"));
        log.append(snapshot());
        assertTrue(outbox.hasNext());

        assertEquals(List.of("e-1 snapshot", "error 4", "heartbeat 2"), rest(outbox));
    }

    private Outbox fresh() {
        return Outbox.fresh(log, this::snapshotAt, meters);
    }

    private EncodedEvent snapshotAt(long number) {
        return encoder.encode(snapshot(), new EventId("e", number));
    }

    private static List<String> rest(Outbox outbox) {
        List<String> told = new ArrayList<>();
        for (Optional<EncodedEvent> next = outbox.next(); next.isPresent() && told.size() < 50; next = outbox.next()) {
            told.add(shown(next.get()));
        }
        return told;
    }

    private static String shown(EncodedEvent event) {
        return event.id().map(id -> id + " " + event.name()).orElseGet(event::toString);
    }

    private static StreamEvent change(String stage) {
        return new StreamEvent.StageChanged(new StageId(stage), Any.runtime("review", 1), AT);
    }

    private static StreamEvent review(String stage) {
        return new StreamEvent.ReviewReady(new StageId(stage), "Title", AT);
    }

    private static StreamEvent.Snapshot snapshot() {
        return new StreamEvent.Snapshot(new StackId("checkout"), new StackRuntime(List.of()), AT);
    }
}
