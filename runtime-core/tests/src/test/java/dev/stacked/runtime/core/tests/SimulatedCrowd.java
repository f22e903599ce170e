package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackReader;
import dev.stacked.runtime.core.tests.ReaderThreads.ReaderThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * Enough readers of one stack on one thread to make a sweep take several slices, between which the stack changes. They
 * take everything; some leave in the middle of a sweep.
 */
final class SimulatedCrowd {
    /** More than two slices. */
    private static final int READERS = 1100;

    private final Random random;
    private final ReaderThread thread;
    private final Executor loop;
    private final List<Member> members = new ArrayList<>();
    private int held;

    /** @param loop runs tasks after those that were submitted to an event loop at the same time */
    SimulatedCrowd(Random random, ReaderThread thread, Executor loop) {
        this.random = random;
        this.thread = thread;
        this.loop = loop;
    }

    void connect(PollerRegistry registry, StackId stack) {
        for (int i = 0; i < READERS; i++) {
            Member member = new Member();
            members.add(member);
            held++;
            member.reader = registry.read(stack, null, thread, member::wokenUp);
        }
    }

    void leave() {
        thread.execute(() -> members.forEach(Member::close));
    }

    /** Whether the stack's event loop may still know some reader. */
    boolean isHeld() {
        return held > 0;
    }

    /** Called when no task is pending: every reader has been woken for every event. */
    void assertNothingIsDue() {
        long due = members.stream()
                .filter(member -> !member.closed && member.reader.isDue())
                .count();
        assertEquals(0, due, "Some readers were not woken up.");
    }

    private final class Member {
        private StackReader reader;
        private long newest;
        private boolean closed;

        private void wokenUp() {
            assertTrue(!closed, "Woken up after closing.");
            for (EncodedEvent event = reader.poll(); event != null; event = reader.poll()) {
                accept(event);
            }
            if (reader.end() != null || random.nextInt(2000) == 0) {
                close();
            }
        }

        private void accept(EncodedEvent event) {
            if (event.id().isPresent()) {
                long number = event.id().get().number();
                assertTrue(number > newest, () -> "Ids must rise: " + newest + ", then " + number);
                assertEquals(newest == 0, newest == 0 && event.name().equals("snapshot"), "A snapshot comes first.");
                newest = number;
            }
        }

        private void close() {
            if (!closed) {
                closed = true;
                reader.close();
                loop.execute(() -> held--);
            }
        }
    }
}
