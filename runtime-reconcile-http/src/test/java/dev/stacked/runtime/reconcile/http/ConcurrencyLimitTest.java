package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(2);
    private final List<String> started = new ArrayList<>();

    /** A task that starts when it has a permit. */
    private final class Task implements ConcurrencyLimit.Waiter {
        private final String name;

        Task(String name) {
            this.name = name;
        }

        Task start() {
            if (limit.enter(this)) {
                started.add(name);
            }
            return this;
        }

        @Override
        public boolean admitted() {
            started.add(name);
            return true;
        }
    }

    @Test
    void permitThatIsNotUsedGoesToTheNextWithoutRecursion() {
        start("a");
        start("b");
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            limit.enter(() -> number < 0);
        }
        start("last");

        limit.release();

        assertEquals(List.of("a", "b", "last"), started);
    }

    private Task start(String name) {
        return new Task(name).start();
    }

    @Test
    void waitersStartInTheOrderInWhichTheyCame() {
        start("a");
        start("b");
        start("c");
        start("d");
        assertEquals(List.of("a", "b"), started);

        limit.release();
        assertEquals(List.of("a", "b", "c"), started);
        limit.release();
        assertEquals(List.of("a", "b", "c", "d"), started);
    }

    @Test
    void newcomerDoesNotOvertakeAWaiter() {
        start("a");
        start("b");
        start("c");
        assertEquals(1, limit.waiting());
        start("d");

        limit.release();

        assertEquals(List.of("a", "b", "c"), started);
    }

    @Test
    void waiterThatLeavesTakesNoPermit() {
        start("a");
        start("b");
        Task waiting = start("c");
        start("d");

        assertTrue(limit.leave(waiting));
        assertFalse(limit.leave(waiting));
        assertEquals(1, limit.waiting());
        limit.release();

        assertEquals(List.of("a", "b", "d"), started);
    }

    @Test
    void oneThatWasAdmittedDoesNotWait() {
        Task running = start("a");

        assertFalse(limit.leave(running));
    }

    @Test
    void permitsThatNoneWaitsForAreFree() {
        start("a");
        start("b");
        limit.release();
        limit.release();

        start("c");
        start("d");
        start("e");

        assertEquals(List.of("a", "b", "c", "d"), started);
    }

    @Test
    void manyThreadsNeverExceedTheLimitAndAllStart() throws Exception {
        int tasks = 20_000;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger mostRunning = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(tasks);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < tasks; i++) {
                boolean leaves = i % 3 == 0;
                threads.execute(() -> {
                    ConcurrencyLimit.Waiter waiter = () -> {
                        threads.execute(() -> {
                            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                            running.decrementAndGet();
                            limit.release();
                            ended.countDown();
                        });
                        return true;
                    };
                    if (limit.enter(waiter)) {
                        waiter.admitted();
                    } else if (leaves && limit.leave(waiter)) {
                        ended.countDown();
                    }
                });
            }
            assertTrue(ended.await(60, TimeUnit.SECONDS), () -> ended.getCount() + " never ended");
        } finally {
            threads.shutdownNow();
        }
        assertTrue(mostRunning.get() <= 2, mostRunning::toString);
        assertEquals(0, limit.waiting());
        permitsThatNoneWaitsForAreFree();
    }
}
