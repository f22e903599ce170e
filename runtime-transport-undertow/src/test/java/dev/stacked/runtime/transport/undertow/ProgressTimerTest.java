package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.xnio.XnioExecutor;

final class ProgressTimerTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final FakeIoThread thread = new FakeIoThread();
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger expired = new AtomicInteger();
    private final ProgressTimer timer = new ProgressTimer(thread, LIMIT, now::get, expired::incrementAndGet);

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
    void endedTimerCannotBeRestarted() {
        timer.start();
        timer.end();

        timer.restart();

        assertEquals(0, thread.timers());
    }

    @Test
    void executorThatHasStoppedEndsTheTimer() {
        XnioExecutor stopped = new XnioExecutor() {
            @Override
            public void execute(Runnable task) {
                throw new RejectedExecutionException("stopped");
            }

            @Override
            public Key executeAfter(Runnable task, long time, TimeUnit unit) {
                throw new RejectedExecutionException("stopped");
            }

            @Override
            public Key executeAtInterval(Runnable task, long time, TimeUnit unit) {
                throw new RejectedExecutionException("stopped");
            }
        };
        ProgressTimer late = new ProgressTimer(stopped, LIMIT, now::get, expired::incrementAndGet);

        late.start();

        assertEquals(0, expired.get());
    }
}
