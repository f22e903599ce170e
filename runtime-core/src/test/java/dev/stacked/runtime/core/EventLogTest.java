package dev.stacked.runtime.core;

import static dev.stacked.runtime.core.TestLog.change;
import static dev.stacked.runtime.core.TestLog.failure;
import static dev.stacked.runtime.core.TestLog.review;
import static dev.stacked.runtime.core.TestLog.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventLogTest {
    private final TestLog test = new TestLog(4);
    private final EventLog log = test.log;

    @Test
    void emptyLogHasNothing() {
        assertEquals(0, log.head().number());
        assertEquals(0, log.head().tail());
        assertNull(log.entry(0));
        assertNull(log.entry(1));
        assertNull(log.head().reviewReadyAfter(0));
    }

    @Test
    void eventsOfAChangeBecomeVisibleTogetherUnderRisingIds() {
        Head before = log.head();
        test.append(change("a"), change("b"), review("b"));

        assertEquals(0, before.number());
        assertEquals(3, log.head().number());
        assertEquals(1, log.head().tail());
        assertEquals(
                List.of("e-1", "e-2", "e-3"),
                LongStream.rangeClosed(1, 3)
                        .mapToObj(number ->
                                log.entry(number).event().id().orElseThrow().toString())
                        .toList());
    }

    @Test
    void keepsTheNewestEntries() {
        for (int i = 1; i <= 10; i++) {
            test.append(change("s" + i));
        }

        assertEquals(7, log.head().tail());
        assertNull(log.entry(6));
        assertEquals(7, log.entry(7).number());
        assertEquals(10, log.entry(10).number());
        assertNull(log.entry(11));
    }

    @Test
    void historyIsBoundedInBytesButKeepsTheNewestChange() {
        long size = test.encoder
                .encode(TestLog.STACK, change("a"), new EventId("e", 1))
                .size();
        TestLog small = new TestLog(100, 3 * size);
        for (int i = 0; i < 10; i++) {
            small.append(change("a"));
        }
        assertEquals(8, small.log.head().tail());
        assertNull(small.log.entry(7));
        assertTrue(small.log.bytes() <= 3 * size);

        small.append(change("a"), change("b"), change("c"), change("d"), change("f"));
        assertEquals(11, small.log.head().tail());
        assertNotNull(small.log.entry(11));
        assertEquals(5 * size, small.log.bytes());
        small.append(change("a"));
        assertTrue(small.log.bytes() <= 3 * size);
    }

    @Test
    void answerWithoutAChangeDropsNothing() {
        TestLog small = new TestLog(100, 10);
        small.append(change("a"), change("b"));
        small.append();

        assertEquals(1, small.log.head().tail());
        assertNotNull(small.log.entry(1));
    }

    @Test
    void errorThatLastsIsShownAgainWhenANewerOneIsOver() {
        StreamEvent.Failure one = new StreamEvent.Failure(ErrorCode.RECONCILE_FAILED, "One.", new StageId("a"));
        StreamEvent.Failure other = new StreamEvent.Failure(ErrorCode.RECONCILE_FAILED, "Other.", new StageId("b"));
        LogCursor cursor = test.fresh();
        test.fail(one);
        test.failToo(other);
        test.recoverBut(one);

        assertTrue(cursor.isDue());
        assertTrue(cursor.poll(Integer.MAX_VALUE).data().contains("One."));
    }

    /** A stack whose runtimes are large and change with every poll. */
    @Test
    void largeRuntimesAreNotKeptByNumberAlone() {
        TestLog large = new TestLog(256, 1024 * 1024);
        String megabyte = "x".repeat(1024 * 1024);
        for (int i = 0; i < 256; i++) {
            large.append(new StreamEvent.StageChanged(new StageId("a"), Any.runtime("review", i), TestLog.AT));
            large.append(new StreamEvent.ReviewReady(new StageId("a"), megabyte, TestLog.AT));
            assertTrue(large.log.bytes() < 2 * 1024 * 1024, "Kept: " + large.log.bytes());
        }
    }

    @Test
    void stageRuntimeIsSupersededByANewerOneOfItsStage() {
        test.append(change("a", 1));
        test.append(change("b", 1));
        Head before = log.head();
        test.append(change("a", 2));

        assertEquals(List.of(2L, 3L), currentAt(log.head()));
        assertEquals(List.of(1L, 2L), currentAt(before), "A reader of an older head sees what that head shows.");
    }

    @Test
    void snapshotSupersedesAllRuntimesAndTheSnapshotBefore() {
        test.append(snapshot("a"));
        test.append(change("a", 1));
        test.append(review("a"));
        test.append(snapshot("a"));

        assertEquals(List.of(3L, 4L), currentAt(log.head()));
    }

    @Test
    void reviewReadyIsSupersededOnlyByANewerOneOfItsStage() {
        test.append(review("a"));
        test.append(review("b"));
        test.append(change("a", 1));
        test.append(review("a"));

        assertEquals(List.of(2L, 3L, 4L), currentAt(log.head()));
        assertEquals(List.of(2L, 4L), reviews());
        assertEquals(4, log.head().reviewReadyAfter(2).number());
        assertNull(log.head().reviewReadyAfter(4));
    }

    @Test
    void reviewReadyOutlivesTheRing() {
        test.append(snapshot("a", "b"));
        test.append(review("a"));
        for (int i = 0; i < 10; i++) {
            test.append(change("b", i));
        }

        assertNull(log.entry(2));
        assertEquals(List.of(2L), reviews());
    }

    @Test
    void reviewReadyOfAVanishedStageIsForgottenWithTheRing() {
        for (int i = 0; i < 100; i++) {
            test.append(review("s" + i));
            test.append(snapshot("another"));
        }

        assertTrue(reviews().size() <= 4, "Bounded by the ring: " + reviews());
    }

    @Test
    void snapshotIsEncodedOncePerHeadAndNumber() {
        test.append(snapshot("a"));
        Head head = log.head();
        EncodedEvent first = head.snapshotAt(1);
        test.beat();

        assertSame(first, head.snapshotAt(1));
        assertSame(first, log.head().snapshotAt(1), "A heartbeat does not change the state.");
        test.append(snapshot("a"));
        assertNotSame(first, log.head().snapshotAt(1));
    }

    @Test
    void errorIsShownWhileItsCauseLasts() {
        test.fail(failure("Away."));
        EncodedEvent error = log.head().error();
        long version = log.head().errorVersion();
        test.beat();
        assertSame(error, log.head().error());

        test.recover();
        assertNull(log.head().error());
        assertNull(log.head().current());
        test.fail(failure("Away again."));
        assertEquals(version + 1, log.head().errorVersion());
    }

    @Test
    void framesOfSupersededEventsAreNotKept() {
        test.append(change("a", 1));
        EncodedEvent event = log.entry(1).event();
        AtomicInteger made = new AtomicInteger();
        Function<EncodedEvent, Integer> framing = framed -> made.incrementAndGet();
        event.framed(framing);
        event.framed(framing);
        assertEquals(1, made.get());

        test.append(change("a", 2));
        event.framed(framing);
        event.framed(framing);
        assertEquals(3, made.get(), "Made for each client that still resumes from before.");
    }

    @Test
    void laggingReaderPinsNoEvents() {
        test.append(snapshot("a"));
        LogCursor lagging = test.fresh();
        lagging.poll(Integer.MAX_VALUE);
        List<WeakReference<EncodedEvent>> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            test.append(change("a", i));
            events.add(new WeakReference<>(log.entry(log.head().number()).event()));
        }

        for (int i = 0; i < 50 && reachable(events) > 4; i++) {
            System.gc();
            assertNotNull(new byte[1024 * 1024]);
        }
        assertTrue(reachable(events) <= 4, () -> reachable(events) + " of 20 events are reachable.");
        assertTrue(lagging.isDue());
    }

    private static long reachable(List<WeakReference<EncodedEvent>> events) {
        return events.stream().filter(event -> event.get() != null).count();
    }

    @Test
    void changesWithEventsShareTheJournalOfTheirLoop() {
        EventLog other = new EventLog(new StackId("other"), "f", test.encoder, test.journal, 4, Long.MAX_VALUE);
        test.append(change("a"), change("b"));
        assertEquals(1, test.journal.head());
        other.append(new Change(List.of(change("a")), null, StackView.EMPTY));
        test.beat();
        test.append(change("a"));

        assertEquals(2, other.head().journal());
        assertEquals(3, log.head().journal());
        assertEquals(3, test.journal.head());
    }

    private List<Long> currentAt(Head head) {
        return LongStream.rangeClosed(1, head.number())
                .filter(number -> !log.entry(number).isSupersededAt(head.number()))
                .boxed()
                .toList();
    }

    private List<Long> reviews() {
        return log.head().reviewReadies().stream().map(LogEntry::number).toList();
    }
}
