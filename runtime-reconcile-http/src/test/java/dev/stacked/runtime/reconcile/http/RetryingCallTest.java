package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import dev.stacked.runtime.reconcile.http.AttemptException.Remedy;
import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class RetryingCallTest {
    private final ManualTime time = new ManualTime();
    private final ScheduledExecutorService scheduler = time.newLoop();
    private final List<CompletableFuture<String>> attempts = new ArrayList<>();

    @Test
    void theFirstSuccessEndsIt() {
        CompletableFuture<String> call = call();
        fail();
        time.advance(Duration.ofMillis(150));
        assertEquals(2, attempts.size());
        attempts.get(1).complete("fine");

        assertEquals("fine", call.getNow(null));
        assertEquals(0, time.waitingTasks());
    }

    @Test
    void theLastFailureIsReported() {
        CompletableFuture<String> call = call();
        fail();
        time.advance(Duration.ofMillis(150));
        fail();

        assertEquals("reported", messageOf(call));
    }

    @Test
    void aCallThatIsCancelledDuringAPauseLeavesNothingBehind() {
        CompletableFuture<String> call = call();
        fail();
        assertEquals(1, time.waitingTasks());

        call.cancel(true);

        assertEquals(0, time.waitingTasks());
    }

    @Test
    void aCallThatIsCancelledDuringAnAttemptCancelsItAndMakesNoOther() {
        CompletableFuture<String> call = call();

        call.cancel(true);

        assertTrue(attempts.get(0).isCancelled());
        assertEquals(0, time.waitingTasks());
    }

    @Test
    void aSchedulerThatIsShutDownEndsIt() {
        CompletableFuture<String> call = call();
        scheduler.shutdownNow();
        assertFalse(call.isDone());
        fail();

        assertEquals("reported", messageOf(call));
    }

    private CompletableFuture<String> call() {
        return new RetryingCall<String>(
                        () -> {
                            attempts.add(new CompletableFuture<>());
                            return attempts.get(attempts.size() - 1);
                        },
                        RetryPolicy.of(2, new Random(42)).asyncContext(),
                        new CallBudget(Duration.ofSeconds(5), time::nanoTime),
                        scheduler,
                        failure -> new IllegalStateException("reported"))
                .start();
    }

    private void fail() {
        attempts.get(attempts.size() - 1)
                .completeExceptionally(new AttemptException(
                        ErrorCode.UPSTREAM_UNAVAILABLE, "broken", Evidence.UP, Remedy.RETRY, Duration.ZERO, null));
    }

    private static String messageOf(CompletableFuture<?> call) {
        return assertThrows(CompletionException.class, () -> call.getNow(null))
                .getCause()
                .getMessage();
    }
}
