package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StackId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamAdmissionTest {
    private static final int NONE = StreamLimits.NONE;
    private static final AdmissionRequest ANYONE = request("checkout", null, "192.0.2.1");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow at any time
    private final StreamAdmission admission = admission(StreamLimits.of(2));

    private StreamAdmission admission(StreamLimits limits) {
        return new StreamAdmission(limits, new Random(1), nanoTime::get);
    }

    private static AdmissionRequest request(String stack, String principal, String address) {
        try {
            return new AdmissionRequest(new StackId(stack), principal, InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private NotAdmittedException refusal() {
        return refused(admission, ANYONE);
    }

    private static NotAdmittedException refused(StreamAdmission admission, AdmissionRequest request) {
        return assertThrows(NotAdmittedException.class, () -> admission.admit(request));
    }

    private void assertRefused(StreamAdmission busy, AdmissionRequest request, RefusalReason reason, String message) {
        int open = busy.openStreams();

        NotAdmittedException refusal = refused(busy, request);

        assertEquals(reason, refusal.reason());
        assertEquals(message, refusal.getMessage());
        assertTrue(refusal.retryAfter().isPresent());
        assertEquals(Optional.empty(), refusal.challenge());
        assertEquals(open, busy.openStreams(), "A refusal takes no place.");
    }

    @Test
    void admitsUpToTheLimitAndThenRefuses() {
        admission.admit(ANYONE);
        admission.admit(ANYONE);

        assertRefused(admission, ANYONE, RefusalReason.STREAMS, "The server has reached its limit of 2 streams.");
    }

    @Test
    void stackHasALimitOfItsOwn() {
        StreamAdmission busy = admission(new StreamLimits(NONE, NONE, 1, NONE, NONE, NONE));
        StreamAdmission.Permit first = busy.admit(request("a", "ann", "192.0.2.1"));
        busy.admit(request("b", "ann", "192.0.2.1"));

        AdmissionRequest second = request("a", "bob", "192.0.2.2");
        assertRefused(busy, second, RefusalReason.STREAMS_PER_STACK, "The stack has reached its limit of 1 streams.");
        first.release();
        busy.admit(second);
    }

    @Test
    void principalHasALimitOfItsOwn() {
        StreamAdmission busy = admission(new StreamLimits(NONE, NONE, NONE, 1, NONE, NONE));
        StreamAdmission.Permit first = busy.admit(request("a", "ann", "192.0.2.1"));
        busy.admit(request("a", "bob", "192.0.2.1"));

        AdmissionRequest second = request("b", "ann", "192.0.2.2");
        assertRefused(busy, second, RefusalReason.STREAMS_PER_PRINCIPAL, "You have reached your limit of 1 streams.");
        first.release();
        busy.admit(second);
    }

    @Test
    void thoseWithoutANameAreNotOnePrincipal() {
        StreamAdmission busy = admission(new StreamLimits(NONE, NONE, NONE, 1, NONE, NONE));

        busy.admit(ANYONE);
        busy.admit(ANYONE);

        assertEquals(2, busy.openStreams());
    }

    @Test
    void addressHasALimitOfItsOwn() {
        StreamAdmission busy = admission(new StreamLimits(NONE, NONE, NONE, NONE, 1, NONE));
        StreamAdmission.Permit first = busy.admit(request("a", "ann", "192.0.2.1"));
        busy.admit(request("a", "ann", "192.0.2.2"));

        AdmissionRequest second = request("b", "bob", "192.0.2.1");
        assertRefused(
                busy, second, RefusalReason.STREAMS_PER_ADDRESS, "Your address has reached its limit of 1 streams.");
        first.release();
        busy.admit(second);
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOne() {
        StreamAdmission busy = admission(new StreamLimits(NONE, NONE, NONE, NONE, 1, NONE));
        busy.admit(request("a", null, "2001:db8:1:2::1"));

        assertRefused(
                busy,
                request("a", null, "2001:db8:1:2:ffff:ffff:ffff:ffff"),
                RefusalReason.STREAMS_PER_ADDRESS,
                "Your address has reached its limit of 1 streams.");
        busy.admit(request("a", null, "2001:db8:1:3::1"));
        busy.admit(request("a", null, "::ffff:192.0.2.1"));
        assertRefused(
                busy,
                request("a", null, "192.0.2.1"),
                RefusalReason.STREAMS_PER_ADDRESS,
                "Your address has reached its limit of 1 streams.");
    }

    @Test
    void onlySoManyStacksAreStreamedAtOnce() {
        StreamAdmission busy = admission(new StreamLimits(NONE, 2, NONE, NONE, NONE, NONE));
        StreamAdmission.Permit a = busy.admit(request("a", null, "192.0.2.1"));
        busy.admit(request("b", null, "192.0.2.1"));
        busy.admit(request("b", null, "192.0.2.1"));

        AdmissionRequest third = request("c", null, "192.0.2.2");
        assertRefused(busy, third, RefusalReason.STACKS, "The server has reached its limit of 2 stacks.");
        a.release();
        busy.admit(third);
    }

    @Test
    void addressMayOpenTenSecondsWorthAtOnceAndThenOnlyAtItsRate() {
        StreamAdmission busy = admission(new StreamLimits(NONE, NONE, NONE, NONE, NONE, 2));
        for (int i = 0; i < 20; i++) {
            busy.admit(ANYONE).release();
        }

        String message = "Your address has reached its limit of 2 new streams a second.";
        assertRefused(busy, ANYONE, RefusalReason.RATE_PER_ADDRESS, message);
        busy.admit(request("checkout", null, "192.0.2.2"));
        nanoTime.addAndGet(Duration.ofMillis(500).toNanos());
        busy.admit(ANYONE);
        assertRefused(busy, ANYONE, RefusalReason.RATE_PER_ADDRESS, message);
    }

    @Test
    void refusalTakesNoPlace() {
        StreamAdmission.Permit first = admission.admit(ANYONE);
        admission.admit(ANYONE);
        for (int i = 0; i < 10; i++) {
            refusal();
        }

        first.release();

        admission.admit(ANYONE);
        assertEquals(2, admission.openStreams());
    }

    @Test
    void permitIsGivenBackOnceHoweverOftenItIsReleased() {
        StreamAdmission.Permit permit = admission.admit(ANYONE);
        admission.admit(ANYONE);

        permit.release();
        permit.release();

        assertEquals(1, admission.openStreams());
    }

    @Test
    void noStreamIsAdmittedWhileDrainingThoughThereIsRoom() {
        StreamAdmission.Permit permit = admission.admit(ANYONE);

        admission.drain();

        assertEquals(RefusalReason.DRAINING, refusal().reason());
        assertEquals("The server is shutting down.", refusal().getMessage());
        assertEquals(1, admission.openStreams());
        permit.release();
        assertEquals(RefusalReason.DRAINING, refusal().reason());
        assertEquals(0, admission.openStreams());
        assertThrows(NotAdmittedException.class, admission::requireServing);
    }

    @Test
    void drainingIsOverWithTheLastStream() {
        StreamAdmission.Permit first = admission.admit(ANYONE);
        StreamAdmission.Permit last = admission.admit(ANYONE);
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
        Map<Long, Integer> seconds = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            seconds.merge(refusal().retryAfter().orElseThrow().toSeconds(), 1, Integer::sum);
        }

        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), seconds.keySet());
        assertTrue(seconds.values().stream().allMatch(times -> times > 150), seconds::toString);
    }

    @Test
    void limitHoldsHoweverManyComeAtOnce() throws Exception {
        StreamAdmission busy = admission(StreamLimits.of(10));
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int round = 0; round < 20_000; round++) {
                    try {
                        StreamAdmission.Permit permit = busy.admit(ANYONE);
                        most.accumulateAndGet(admitted.incrementAndGet(), Math::max);
                        if (round % 3 > 0) {
                            admitted.decrementAndGet();
                            permit.release();
                        }
                    } catch (NotAdmittedException e) {
                        assertEquals(RefusalReason.STREAMS, e.reason());
                    }
                }
            });
        }
        threads.shutdown();

        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        assertTrue(most.get() <= 10, () -> most + " at a time");
        assertEquals(admitted.get(), busy.openStreams());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void limitMustBeAtLeastOne(int value) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> StreamLimits.of(value));

        assertEquals("The limit streams must be at least 1; it is " + value + ".", refusal.getMessage());
    }
}
