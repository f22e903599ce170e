package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTimerTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final FakeIoThread thread = new FakeIoThread();
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger expired = new AtomicInteger();
    private final ProgressTimer timer = new ProgressTimer(thread, LIMIT, expired::incrementAndGet, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        thread.runTimers();
    }

    @Test
    void actionRunsWhenThereIsNoProgress() {
        timer.start();

        pass(LIMIT.plus(ProgressTimer.MAX_LATENESS));

        assertEquals(1, expired.get());
        assertEquals(0, thread.timers());
    }

    @Test
    void timeInWhichTheProcessDidNotRunDoesNotCount() {
        timer.start();

        pass(LIMIT.plus(ProgressTimer.MAX_LATENESS).plusNanos(1));
        assertEquals(0, expired.get());

        pass(LIMIT);
        assertEquals(1, expired.get());
    }

    @Test
    void lateTimerThatWasEndedDoesNotStartAgain() {
        timer.start();
        timer.end();

        timer.restart();

        assertEquals(0, thread.timers());
    }
}
