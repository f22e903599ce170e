package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StreamAdmissionTest {
    private final StreamAdmission admission = new StreamAdmission(2, new Random(1));

    private ErrorResponse refusal() {
        return assertThrows(RefusedException.class, admission::admit).response();
    }

    @Test
    void admitsUpToTheLimitAndThenRefuses() {
        admission.admit();
        admission.admit();

        ErrorResponse refusal = refusal();

        assertEquals(503, refusal.status());
        assertEquals("too-many-connections", refusal.code());
        assertEquals("The server has reached its limit of 2 streams.", refusal.message());
        assertEquals(2, admission.openStreams());
    }

    @Test
    void refusalTakesNoPlace() {
        StreamAdmission.Permit first = admission.admit();
        admission.admit();
        for (int i = 0; i < 10; i++) {
            refusal();
        }

        first.release();

        admission.admit();
        assertEquals(2, admission.openStreams());
    }

    @Test
    void permitIsGivenBackOnceHoweverOftenItIsReleased() {
        StreamAdmission.Permit permit = admission.admit();
        admission.admit();

        permit.release();
        permit.release();

        assertEquals(1, admission.openStreams());
    }

    @Test
    void nobodyIsAdmittedWhileDrainingThoughThereIsRoom() {
        StreamAdmission.Permit permit = admission.admit();

        admission.drain();

        assertEquals("draining", refusal().code());
        assertEquals(503, refusal().status());
        assertEquals(1, admission.openStreams());
        permit.release();
        assertEquals("draining", refusal().code());
        assertEquals(0, admission.openStreams());
    }

    @Test
    void drainingIsOverWithTheLastStream() {
        StreamAdmission.Permit first = admission.admit();
        StreamAdmission.Permit last = admission.admit();
        CompletableFuture<Void> drained = admission.drain().toCompletableFuture();

        refusal();
        first.release();
        first.release();
        assertFalse(drained.isDone());
        last.release();

        assertTrue(drained.isDone());
        assertTrue(admission.drain().toCompletableFuture().isDone());
    }

    @Test
    void drainingWithoutStreamsIsOverAtOnce() {
        assertTrue(admission.drain().toCompletableFuture().isDone());
    }

    @Test
    void refusedClientsComeBackAtDifferentTimes() {
        admission.drain();
        Map<String, Integer> seconds = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            seconds.merge(refusal().headers().get("Retry-After"), 1, Integer::sum);
        }

        assertEquals(Set.of("1", "2", "3", "4", "5"), seconds.keySet());
        assertTrue(seconds.values().stream().allMatch(times -> times > 150), seconds::toString);
    }

    @Test
    void limitHoldsHoweverManyComeAtOnce() throws Exception {
        StreamAdmission busy = new StreamAdmission(10, new Random(1));
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int round = 0; round < 20_000; round++) {
                    try {
                        StreamAdmission.Permit permit = busy.admit();
                        most.accumulateAndGet(admitted.incrementAndGet(), Math::max);
                        if (round % 3 > 0) {
                            admitted.decrementAndGet();
                            permit.release();
                        }
                    } catch (RefusedException e) {
                        assertEquals("too-many-connections", e.response().code());
                    }
                }
            });
        }
        threads.shutdown();

        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        assertTrue(most.get() <= 10, () -> most + " at a time");
        assertEquals(admitted.get(), busy.openStreams());
    }

    @Test
    void limitMustBeAtLeastOne() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new StreamAdmission(0, new Random(1)));

        assertEquals("maxStreams must be at least 1; it is 0.", refusal.getMessage());
    }
}
