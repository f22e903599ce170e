package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlushQueueTest {
    private static final StreamMeters METERS =
            new StreamMeters(new SimpleMeterRegistry(), () -> 0, "line", new Refusals());

    /** The tasks of an I/O thread that is the test's own. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private final FlushQueue queue = new FlushQueue(tasks::add, METERS);
    private final List<String> happened = new ArrayList<>();

    private final class Recorder extends FlushQueue.Member {
        private final String name;
        private final Runnable duringFlush;

        Recorder(String name) {
            this(name, () -> {});
        }

        Recorder(String name, Runnable duringFlush) {
            this.name = name;
            this.duringFlush = duringFlush;
        }

        @Override
        void flush() {
            happened.add(name);
            duringFlush.run();
        }

        @Override
        void abort() {
            happened.add(name + " aborted");
        }
    }

    private void runOneTask() {
        tasks.remove().run();
    }

    @Test
    void manyMembersCostOneTaskAndAreFlushedInTheOrderOfAdding() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            names.add("m" + i);
            queue.add(new Recorder("m" + i));
        }

        assertEquals(1, tasks.size());
        runOneTask();
        assertEquals(names, happened);
    }

    @Test
    void nothingIsFlushedBeforeTheTaskRuns() {
        queue.add(new Recorder("a"));

        assertEquals(List.of(), happened);
    }

    @Test
    void memberAddedAfterTheTaskRanGetsAnotherTask() {
        Recorder member = new Recorder("a");
        queue.add(member);
        runOneTask();

        queue.add(member);

        assertEquals(1, tasks.size());
        runOneTask();
        assertEquals(List.of("a", "a"), happened);
    }

    @Test
    void memberThatIsAddedAgainWhileTheQueueRunsIsFlushedByTheNextTask() {
        Recorder[] again = new Recorder[1];
        again[0] = new Recorder("a", () -> {
            if (happened.size() == 1) {
                queue.add(again[0]);
            }
        });
        queue.add(again[0]);
        queue.add(new Recorder("b"));

        runOneTask();

        assertEquals(List.of("a", "b"), happened);
        assertEquals(1, tasks.size());
        runOneTask();
        assertEquals(List.of("a", "b", "a"), happened);
    }

    static Stream<RuntimeException> faults() {
        return Stream.of(
                new IllegalStateException("a fault of b"), new RejectedExecutionException("the server is stopping"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void memberThatThrowsEndsItselfAlone(RuntimeException fault) {
        queue.add(new Recorder("a"));
        queue.add(new Recorder("b", () -> {
            throw fault;
        }));
        queue.add(new Recorder("c"));

        runOneTask();

        assertEquals(List.of("a", "b", "b aborted", "c"), happened);
    }

    @Test
    void errorInOneMemberIsRethrownAndTheOthersAreFlushedInAFurtherTask() {
        Error fault = new LinkageError("a fault of b");
        queue.add(new Recorder("a"));
        queue.add(new Recorder("b", () -> {
            throw fault;
        }));
        queue.add(new Recorder("c"));
        queue.add(new Recorder("d"));

        assertSame(fault, assertThrows(LinkageError.class, this::runOneTask));
        assertEquals(List.of("a", "b", "b aborted"), happened);
        assertEquals(1, tasks.size());
        runOneTask();

        assertEquals(List.of("a", "b", "b aborted", "c", "d"), happened);
        assertEquals(0, tasks.size());
    }

    @Test
    void aFanOutIsTimedOnceForAllMembersThatWroteTheSameEvent() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FlushQueue measured = new FlushQueue(tasks::add, new StreamMeters(meters, () -> 1_000, "line", new Refusals()));
        EncodedEvent first = made(700);
        EncodedEvent second = made(900);
        measured.add(new Writer(measured, first));
        measured.add(new Writer(measured, first));
        measured.add(new Writer(measured, first));
        measured.add(new Writer(measured, second));

        runOneTask();

        assertEquals(2, meters.get("runtime.fanout").timer().count());
        assertEquals(400, meters.get("runtime.fanout").timer().totalTime(TimeUnit.NANOSECONDS));
        assertEquals(1, meters.get("runtime.io.queue.depth").summary().count());
        assertEquals(4, meters.get("runtime.io.queue.depth").summary().totalAmount());
    }

    @Test
    void whatIsWrittenLaterIsNoFanOut() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FlushQueue measured = new FlushQueue(tasks::add, new StreamMeters(meters, () -> 1_000, "line", new Refusals()));

        measured.wrote(made(700));
        measured.add(new Recorder("a"));
        runOneTask();

        assertEquals(0, meters.get("runtime.fanout").timer().count());
    }

    private static EncodedEvent made(long nanos) {
        return EncodedEvent.of(new EventId("e", 1), "snapshot", "{}", nanos);
    }

    private static final class Writer extends FlushQueue.Member {
        private final FlushQueue queue;
        private final EncodedEvent event;

        Writer(FlushQueue queue, EncodedEvent event) {
            this.queue = queue;
            this.event = event;
        }

        @Override
        void flush() {
            queue.wrote(event);
        }

        @Override
        void abort() {}
    }

    @Test
    void addingAfterTheIoThreadHasStoppedHarmsNobody() {
        FlushQueue stopped = new FlushQueue(
                task -> {
                    throw new RejectedExecutionException("The server has stopped.");
                },
                METERS);

        assertDoesNotThrow(() -> stopped.add(new Recorder("late")));
        assertEquals(List.of(), happened);
    }

    /** Each of several threads adds members at random times; after each adding there must be a flushing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void addingFromManyThreadsLosesNothing(long seed) throws Exception {
        ExecutorService ioThread = Executors.newSingleThreadExecutor();
        ExecutorService adders = Executors.newFixedThreadPool(3);
        AtomicInteger ioTasks = new AtomicInteger();
        FlushQueue shared = new FlushQueue(
                task -> {
                    ioTasks.incrementAndGet();
                    ioThread.execute(task);
                },
                METERS);
        List<Counter> counters = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            counters.add(new Counter(shared));
        }

        for (int thread = 0; thread < 3; thread++) {
            Random random = new Random(seed * 31 + thread);
            adders.execute(() -> {
                for (int i = 0; i < 50_000; i++) {
                    counters.get(random.nextInt(counters.size())).note();
                }
            });
        }
        adders.shutdown();
        assertTrue(adders.awaitTermination(60, TimeUnit.SECONDS));
        ioThread.shutdown();
        assertTrue(ioThread.awaitTermination(60, TimeUnit.SECONDS));

        counters.forEach(counter -> assertEquals(counter.noted.get(), counter.seen));
        int flushes = counters.stream().mapToInt(counter -> counter.flushes).sum();
        assertTrue(ioTasks.get() <= flushes, () -> ioTasks + " tasks for " + flushes + " flushes");
    }

    /** Leaves notes as a stream does: it is queued until its flush begins. */
    private static final class Counter extends FlushQueue.Member {
        private final FlushQueue queue;
        private final AtomicBoolean queued = new AtomicBoolean();
        final AtomicInteger noted = new AtomicInteger();
        int seen;
        int flushes;

        Counter(FlushQueue queue) {
            this.queue = queue;
        }

        void note() {
            noted.incrementAndGet();
            if (queued.compareAndSet(false, true)) {
                queue.add(this);
            }
        }

        @Override
        void flush() {
            queued.set(false);
            seen = noted.get();
            flushes++;
        }

        @Override
        void abort() {
            throw new AssertionError("Nothing fails here.");
        }
    }
}
