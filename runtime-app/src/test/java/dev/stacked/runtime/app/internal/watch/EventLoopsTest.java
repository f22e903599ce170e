package dev.stacked.runtime.app.internal.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventLoopsTest {
    private final AtomicLong nanoTime = new AtomicLong(1);
    private final EventLoops loops = new EventLoops(nanoTime::get);
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, loops.threads("some-loop"));
    private final ScheduledExecutorService loop = EventLoops.watched(executor);
    private final Logger logger = (Logger) LoggerFactory.getLogger(EventLoops.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        loop.shutdownNow();
        logger.detachAppender(log);
    }

    private void block() throws InterruptedException {
        loop.execute(() -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(begun.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aBlockedLoopIsLoggedOnceAndSoIsItsEnd() throws Exception {
        block();
        for (int tick = 0; tick < 10; tick++) {
            nanoTime.addAndGet(500_000_000);
            loops.check();
        }
        assertEquals("some-loop-1", loops.blocked().orElseThrow().loop());
        assertEquals(TimeUnit.SECONDS.toNanos(5), loops.longestBusyNanos());

        goOn.countDown();
        loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
        while (loops.longestBusyNanos() > 0) {
            Thread.onSpinWait();
        }
        loops.check();
        loops.check();

        assertEquals(
                List.of(
                        "Event loop some-loop-1 is blocked for 1000 ms",
                        "Event loop some-loop-1 is running again; blocked for at least 5000 ms"),
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void aLoopThatIsStoppedRunsItsQueuedTasksButNoTimers() throws Exception {
        block();
        CountDownLatch queued = new CountDownLatch(1);
        loop.execute(queued::countDown);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        Future<?> timer = loop.schedule(() -> {}, 1, TimeUnit.HOURS);
        goOn.countDown();

        loops.stop(List.of(loop), loop::shutdown);

        assertEquals(0, queued.getCount());
        assertTrue(timer.isCancelled());
        assertTrue(loop.isTerminated());
    }

    @Test
    void aBlockedLoopThatIsStoppedIsInterrupted() throws Exception {
        block();

        loops.stop(List.of(loop), loop::shutdown);

        assertTrue(loop.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(1, goOn.getCount());
    }

    @Test
    void aLoopThatIsIdleIsNotBlocked() {
        nanoTime.addAndGet(TimeUnit.HOURS.toNanos(1));
        loops.check();

        assertTrue(loops.blocked().isEmpty());
        assertEquals(0, loops.longestBusyNanos());
    }
}
