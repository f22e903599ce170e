package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class LeaseTest {
    private static final EncodedEvent HEARTBEAT = EncodedEvent.of(null, "heartbeat", "{}");
    private static final EncodedEvent CHANGE = EncodedEvent.of(null, "stage-runtime", "{}");

    private final ManualTime time = new ManualTime();
    private final FakeThread thread = new FakeThread();
    private CompletionStage<Access> answer = CompletableFuture.completedStage(Access.allowed("ann"));
    private int questions;
    private int revocations;

    private Lease lease(Instant expiry) {
        StreamAuthorizer authorizer = request -> {
            questions++;
            return answer;
        };
        AccessRequest request = new AccessRequest(
                new StackId("checkout"),
                AccessScope.READ,
                InetAddress.getLoopbackAddress(),
                name -> Optional.empty(),
                name -> Optional.empty());
        Lease lease = new Lease(
                new AuthorizerCalls(authorizer, Duration.ofSeconds(5), time.clock(), time::nanoTime),
                request,
                expiry,
                time.clock(),
                thread);
        lease.start(() -> revocations++);
        return lease;
    }

    private static Instant in(Duration duration) {
        return ManualTime.START.plus(duration);
    }

    @Test
    void authorizerIsAskedAtHeartbeats() {
        Lease lease = lease(null);

        assertTrue(lease.permits(null));
        assertTrue(lease.permits(CHANGE));
        assertEquals(0, questions);
        assertTrue(lease.permits(HEARTBEAT));
        assertEquals(1, questions);
    }

    @Test
    void authorizerIsAskedAfterAWhileIfNoHeartbeatGetsThrough() {
        Lease lease = lease(null);
        time.advance(Duration.ofSeconds(29));
        lease.permits(CHANGE);
        thread.runTimers();
        assertEquals(0, questions);

        time.advance(Duration.ofSeconds(1));
        answer = CompletableFuture.completedStage(Access.forbidden("Not yours."));
        thread.runTimers();

        assertEquals(1, questions);
        assertEquals(1, revocations);
    }

    @Test
    void authorizerIsNotAskedByTheTimerWhereHeartbeatsGetThrough() {
        Lease lease = lease(null);
        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofSeconds(15));
            lease.permits(HEARTBEAT);
            thread.runTimers();
        }

        assertEquals(4, questions);
        assertEquals(List.of(Duration.ofMillis(30_001)), thread.delays());
    }

    @Test
    void noMeansNoFromThatHeartbeatOn() {
        Lease lease = lease(null);
        answer = CompletableFuture.completedStage(Access.forbidden("Not yours."));

        assertFalse(lease.permits(HEARTBEAT));
        assertFalse(lease.permits(null));
    }

    @Test
    void lateNoRevokesAtOnce() {
        Lease lease = lease(null);
        CompletableFuture<Access> later = new CompletableFuture<>();
        answer = later;
        assertTrue(lease.permits(HEARTBEAT));

        later.complete(Access.invalidToken("It was taken back."));
        thread.runTasks();

        assertEquals(1, revocations);
        assertFalse(lease.permits(null));
    }

    @Test
    void thereIsOneQuestionAtATime() {
        Lease lease = lease(null);
        answer = new CompletableFuture<>();
        lease.permits(HEARTBEAT);
        lease.permits(HEARTBEAT);
        assertEquals(1, questions);

        thread.runTimers(); // the patience with the first is over
        thread.runTasks();
        lease.permits(HEARTBEAT);

        assertEquals(2, questions);
    }

    @Test
    void failureIsToleratedUntilTheExpiry() {
        Lease lease = lease(in(Duration.ofMinutes(1)));
        answer = CompletableFuture.failedStage(new IllegalStateException("down"));

        assertTrue(lease.permits(HEARTBEAT));
        time.advance(Duration.ofSeconds(59));
        assertTrue(lease.permits(HEARTBEAT));
        time.advance(Duration.ofSeconds(1));
        assertFalse(lease.permits(CHANGE));
    }

    @Test
    void timerEndsAStreamThatHasNothingToSend() {
        lease(in(Duration.ofMinutes(1)));
        thread.runTimers();
        assertEquals(0, revocations, "The clock does not say so yet.");

        time.advance(Duration.ofMinutes(1));
        thread.runTimers();

        assertEquals(1, revocations);
        assertEquals(0, thread.timers());
    }

    @Test
    void laterExpiryPutsTheEndOff() {
        Lease lease = lease(in(Duration.ofMinutes(1)));
        answer = CompletableFuture.completedStage(Access.allowed("ann", in(Duration.ofMinutes(3))));
        lease.permits(HEARTBEAT);

        time.advance(Duration.ofMinutes(2));
        assertTrue(lease.permits(CHANGE));
        assertEquals(1, thread.timers());
        time.advance(Duration.ofMinutes(1));
        assertFalse(lease.permits(CHANGE));
    }

    @Test
    void nothingIsLeftOfAStreamThatIsOver() {
        Lease lease = lease(in(Duration.ofMinutes(1)));
        CompletableFuture<Access> later = new CompletableFuture<>();
        answer = later;
        lease.permits(HEARTBEAT);

        lease.stop();
        later.complete(Access.allowed("ann", in(Duration.ofMinutes(9))));
        thread.runTasks();

        assertEquals(0, thread.timers());
        assertEquals(0, revocations);
    }
}
