package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DocumentScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private long now = Long.MAX_VALUE - 1000; // soon overflows

    private boolean pollAfter(DocumentSchedule documents, Duration time) {
        now += time.toNanos();
        return documents.pollBegins(now);
    }

    @Test
    void withoutAnIntervalEveryPollReadsTheDocument() {
        DocumentSchedule documents = new DocumentSchedule(Duration.ZERO);

        assertTrue(pollAfter(documents, Duration.ZERO));
        assertTrue(pollAfter(documents, Duration.ZERO));
    }

    @Test
    void intervalCountsFromTheStartOfThePollThatReads() {
        DocumentSchedule documents = new DocumentSchedule(INTERVAL);
        assertTrue(pollAfter(documents, Duration.ZERO));

        assertFalse(pollAfter(documents, INTERVAL.minusMillis(1)));
        assertTrue(pollAfter(documents, Duration.ofMillis(1)));
        assertFalse(pollAfter(documents, INTERVAL.minusMillis(1)));
    }

    @Test
    void documentThatIsWantedIsReadOnce() {
        DocumentSchedule documents = new DocumentSchedule(INTERVAL);
        assertTrue(pollAfter(documents, Duration.ZERO));

        documents.want();

        assertTrue(pollAfter(documents, Duration.ofMillis(1)));
        assertFalse(pollAfter(documents, Duration.ofMillis(1)));
    }

    @Test
    void wishThatComesDuringAPollIsForTheNext() {
        DocumentSchedule documents = new DocumentSchedule(INTERVAL);
        assertTrue(pollAfter(documents, Duration.ZERO));
        documents.want();
        documents.read(Duration.ZERO);

        assertTrue(pollAfter(documents, Duration.ofMillis(1)));
    }

    @Test
    void upstreamsMaxAgeIsALowerBoundUpToHalfAMinute() {
        DocumentSchedule documents = new DocumentSchedule(INTERVAL);

        documents.read(Duration.ofSeconds(5));
        assertEquals(INTERVAL, documents.interval());
        documents.read(Duration.ofSeconds(20));
        assertEquals(Duration.ofSeconds(20), documents.interval());
        documents.read(Duration.ofDays(365));
        assertEquals(Duration.ofSeconds(30), documents.interval());
        documents.read(Duration.ZERO);
        assertEquals(INTERVAL, documents.interval());
    }
}
