package dev.stacked.runtime.core;

import static dev.stacked.runtime.core.TestLog.change;
import static dev.stacked.runtime.core.TestLog.failure;
import static dev.stacked.runtime.core.TestLog.review;
import static dev.stacked.runtime.core.TestLog.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogCursorTest {
    private static final int ROOM = Integer.MAX_VALUE;

    private final TestLog log = new TestLog(3);

    @Test
    void newcomerWaitsForTheHistoryToBegin() {
        LogCursor cursor = log.fresh();
        assertFalse(cursor.isDue());
        assertNull(cursor.poll(ROOM));

        log.append(snapshot());

        assertEquals(List.of("e-1 snapshot"), rest(cursor));
        assertFalse(cursor.isDue());
    }

    @Test
    void newcomerGetsThePresentStateUnderTheNewestId() {
        log.append(snapshot());
        log.append(change("a"));

        assertEquals(List.of("e-2 snapshot"), rest(log.fresh()));
    }

    @Test
    void resumedReaderGetsSupersededEventsTooUpToWhereItCame() {
        log.append(snapshot());
        log.append(change("a"));
        log.append(change("a"));
        LogCursor cursor = log.resumed("e", 1);

        assertEquals(List.of("e-2 stage-runtime", "e-3 stage-runtime"), rest(cursor));
    }

    @Test
    void readerThatFellBehindSkipsWhatIsSuperseded() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        rest(cursor);
        log.append(change("a"));
        log.append(change("b"));
        log.append(change("a"));

        assertEquals(List.of("e-3 stage-runtime", "e-4 stage-runtime"), rest(cursor));
    }

    @Test
    void readerIsShownTheStageInReviewBeforeItIsToldThatItIsReady() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        rest(cursor);
        log.append(change("a"));
        log.append(review("a"));
        log.append(change("a"));

        assertEquals(List.of("e-2 snapshot", "e-3 review-ready"), rest(cursor));
        log.append(change("a"));
        assertEquals(List.of("e-5 stage-runtime"), rest(cursor));
    }

    @Test
    void readerThatFellBehindTheHistoryGetsASnapshotJustBeforeTheReviewsItMissed() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        rest(cursor);
        log.append(change("a"));
        log.append(review("a"));
        for (int i = 0; i < 5; i++) {
            log.append(change("b"));
        }

        assertEquals(List.of("e-2 snapshot", "e-3 review-ready"), rest(cursor));
        log.append(change("a"));
        assertEquals(List.of("e-9 stage-runtime"), rest(cursor));
    }

    @Test
    void reviewGoesFirstWhereNoIdIsFreeForTheSnapshot() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        rest(cursor);
        log.append(review("a"));
        for (int i = 0; i < 5; i++) {
            log.append(change("b"));
        }

        assertEquals(List.of("e-2 review-ready", "e-7 snapshot"), rest(cursor));
    }

    @Test
    void reviewsInARowLongerThanTheHistoryAreAllThatIsOwed() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        rest(cursor);
        for (String stage : List.of("a", "b", "c", "d", "f")) {
            log.append(review(stage));
        }

        List<String> sent = rest(cursor);
        assertEquals(
                List.of(
                        "e-2 review-ready",
                        "e-3 review-ready",
                        "e-4 review-ready",
                        "e-5 review-ready",
                        "e-6 review-ready"),
                sent);
        log.append(change("a"));
        assertEquals(List.of("e-7 stage-runtime"), rest(cursor));
    }

    @Test
    void reviewThatComesWhileOthersAreCaughtUpIsToldInItsTurn() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        log.append(change("a"));
        log.append(review("a"));
        assertEquals("e-2 snapshot", shown(cursor.poll(ROOM)));
        log.append(change("b"));
        log.append(review("b"));

        assertEquals(List.of("e-3 review-ready", "e-4 stage-runtime", "e-5 review-ready"), rest(cursor));
    }

    @Test
    void unknownPositionIsAsGoodAsNone() {
        log.append(snapshot());

        assertEquals(List.of("e-1 snapshot"), rest(log.resumed("e", 2)));
        assertEquals(List.of("e-1 snapshot"), rest(log.resumed("x", 1)));
        assertEquals(List.of(), rest(log.resumed("e", 1)));
    }

    @Test
    void onlyTheNewestErrorAndHeartbeatAreDueAndTheyComeLast() {
        LogCursor cursor = log.fresh();
        log.beat();
        log.beat();
        log.fail(failure("3"));
        log.append(snapshot());
        log.fail(new StreamEvent.Failure(ErrorCode.INVALID_UPSTREAM_RESPONSE, "4", null));
        assertTrue(cursor.isDue());

        assertEquals(List.of("e-1 snapshot", "error 4", "heartbeat"), rest(cursor));
        assertFalse(cursor.isDue());
    }

    @Test
    void errorWhoseCauseIsOverIsNotDueAnyMore() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();
        rest(cursor);
        log.fail(failure("Away."));
        log.recover();

        assertFalse(cursor.isDue());
        assertEquals(List.of(), rest(cursor));
        log.fail(failure("Away again."));
        assertEquals(List.of("error Away again."), rest(cursor));
    }

    @Test
    void newReaderIsSentThePresentFailureOnceAndLaterErrorsAsTheyCome() {
        log.append(snapshot());
        log.fail(failure("Away."));
        LogCursor cursor = log.fresh();

        assertEquals(List.of("e-1 snapshot", "error Away."), rest(cursor));
        log.append(change("a"));
        assertEquals(List.of("e-2 stage-runtime"), rest(cursor));
        log.fail(new StreamEvent.Failure(ErrorCode.INVALID_UPSTREAM_RESPONSE, "Odd.", null));
        assertEquals(List.of("error Odd."), rest(cursor));
    }

    @Test
    void reviewsThatWereAllSentLeaveNothingDue() {
        log.append(snapshot());
        LogCursor cursor = LogCursor.fresh(log.log, log.meters, log.log.head(), 0);
        log.append(change("a"), review("a"));
        assertEquals("e-2 snapshot", shown(cursor.poll(ROOM)));
        assertEquals("e-3 review-ready", shown(cursor.poll(ROOM)));

        assertFalse(cursor.isDue());
    }

    @Test
    void eventThatIsLargerThanTheRoomStaysDue() {
        log.append(snapshot());
        LogCursor cursor = log.fresh();

        assertNull(cursor.poll(10));
        assertTrue(cursor.isDue());
        assertEquals(List.of("e-1 snapshot"), rest(cursor));
        log.append(change("a"));
        assertNull(cursor.poll(10));
        log.beat();
        assertNull(cursor.poll(10), "Heartbeats do not overtake events.");
        assertEquals(List.of("e-2 stage-runtime", "heartbeat"), rest(cursor));
    }

    private static List<String> rest(LogCursor cursor) {
        List<String> sent = new ArrayList<>();
        for (EncodedEvent next = cursor.poll(ROOM); next != null && sent.size() < 50; next = cursor.poll(ROOM)) {
            sent.add(shown(next));
        }
        return sent;
    }

    private static String shown(EncodedEvent event) {
        if (event.name().equals("error")) {
            return "error " + Any.parse(event.data()).get("message").stringValue();
        }
        return event.id().map(id -> id + " " + event.name()).orElse(event.name());
    }
}
