package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.SeededTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReaderGroupTest {
    private final TestLog test = new TestLog(4);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final ReaderGroup group = new ReaderGroup(test.log, tasks::add, () -> 7, test.meters);
    private final List<Integer> woken = new ArrayList<>();

    @Test
    void signalsBeforeTheSweepShareOneTask() {
        joinAll(3);

        group.signal();
        group.signal();
        group.signal();

        assertEquals(1, tasks.size());
        runAll();
        assertEquals(List.of(2, 1, 0), woken);
    }

    @Test
    void signalDuringASweepCausesAnother() {
        StackReader signalling = reader(() -> {
            woken.add(9);
            if (woken.size() == 1) {
                group.signal();
            }
        });
        group.join(signalling, 0);
        runAll();
        woken.clear();

        group.signal();
        runAll();

        assertEquals(List.of(9, 9), woken);
        group.signal();
        assertEquals(1, tasks.size(), "Idle again.");
    }

    @Test
    void largeSweepYieldsItsThreadAfterEachSlice() {
        joinAll(ReaderGroup.SLICE * 2 + 1);
        group.signal();
        tasks.add(() -> woken.add(-1)); // of another stack
        runOne();
        assertEquals(ReaderGroup.SLICE, woken.size());
        runOne();

        assertEquals(-1, woken.get(ReaderGroup.SLICE));
        runAll();
        assertEquals(ReaderGroup.SLICE * 2 + 2, woken.size());
    }

    @Test
    void signalBetweenSlicesLeadsToOneMoreSweep() {
        joinAll(ReaderGroup.SLICE + 1);
        group.signal();
        runOne();
        group.signal();
        assertEquals(1, tasks.size(), "Never more than one task.");
        runAll();

        assertEquals(2 * (ReaderGroup.SLICE + 1), woken.size());
    }

    @Test
    void readerThatThrowsIsClosedAndTheOthersAreWoken() {
        joinAll(2);
        StackReader broken = reader(() -> {
            throw new IllegalStateException("Broken.");
        });
        group.join(broken, 0);
        runAll();
        assertTrue(broken.isClosed());
        woken.clear();

        group.signal();
        runAll();
        assertEquals(List.of(1, 0), woken);
    }

    @Test
    void errorOfOneReaderCostsTheOthersNothing() {
        joinAll(2);
        boolean[] fails = {false};
        group.join(
                reader(() -> {
                    if (fails[0]) {
                        throw new StackOverflowError("Simulated.");
                    }
                }),
                0);
        runAll();
        woken.clear();
        fails[0] = true;

        group.signal();
        assertThrows(StackOverflowError.class, this::runAll);
        runAll();

        assertEquals(List.of(1, 0), woken);
    }

    @Test
    void signalAfterARejectionIsTriedAgain() {
        boolean[] rejects = {true};
        ReaderGroup once = new ReaderGroup(
                test.log,
                task -> {
                    if (rejects[0]) {
                        throw new RejectedExecutionException("Full.");
                    }
                    tasks.add(task);
                },
                () -> 7,
                test.meters);
        once.signal();
        rejects[0] = false;

        once.signal();

        assertEquals(1, tasks.size());
    }

    @Test
    void shutDownExecutorEndsNobodyElse() {
        ReaderGroup stopped = new ReaderGroup(
                test.log,
                task -> {
                    throw new RejectedExecutionException("Shut down.");
                },
                () -> 7,
                test.meters);

        stopped.signal();
        stopped.join(reader(() -> {}), 0);
    }

    /** Readers come and go at any moment, in and between slices. */
    @SeededTest(tries = 200)
    void everyReaderThatStaysIsWokenByEachSweep(Random random) {
        List<StackReader> present = new ArrayList<>();
        Set<StackReader> seen = new HashSet<>();
        for (int i = 0; i < 3 * ReaderGroup.SLICE; i++) {
            StackReader[] self = new StackReader[1];
            self[0] = reader(() -> seen.add(self[0]));
            present.add(self[0]);
            group.join(self[0], 0);
        }
        runAll();
        for (int sweep = 0; sweep < 5; sweep++) {
            seen.clear();
            group.signal();
            while (!tasks.isEmpty()) {
                runOne();
                for (int i = random.nextInt(80); i > 0 && !present.isEmpty(); i--) {
                    present.remove(random.nextInt(present.size())).close();
                }
            }
            assertTrue(seen.containsAll(present));
        }
    }

    @Test
    void leavingTwiceIsLeavingOnce() {
        List<StackReader> readers = joinAll(3);
        readers.get(1).close();
        readers.get(1).close();
        group.signal();
        runAll();

        assertEquals(List.of(2, 0), woken);
    }

    private List<StackReader> joinAll(int count) {
        List<StackReader> readers = IntStream.range(0, count)
                .mapToObj(i -> reader(() -> woken.add(i)))
                .toList();
        readers.forEach(reader -> group.join(reader, 0));
        runAll();
        woken.clear();
        return readers;
    }

    private StackReader reader(Runnable ready) {
        return new StackReader(tasks::add, ready, Optional.empty(), test.meters, left -> {});
    }

    private void runOne() {
        tasks.remove().run();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }
}
