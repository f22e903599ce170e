package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AuthorizerCallsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Access YES = Access.allowed("ann");

    private final FakeThread thread = new FakeThread();
    private final AtomicLong now = new AtomicLong();
    private final List<Optional<Access>> answers = new ArrayList<>();

    private void ask(StreamAuthorizer authorizer) {
        ask(authorizer, thread);
    }

    private void ask(StreamAuthorizer authorizer, TimerExecutor on) {
        AccessRequest request = new AccessRequest(
                new StackId("checkout"),
                AccessScope.READ,
                InetAddress.getLoopbackAddress(),
                name -> Optional.empty(),
                name -> Optional.empty());
        new AuthorizerCalls(authorizer, TIMEOUT, new ManualTime().clock(), now::get).ask(request, on, answers::add);
    }

    @Test
    void answerThatIsThereIsPassedOnAtOnceWithoutATimer() {
        ask(request -> CompletableFuture.completedStage(YES));

        assertEquals(List.of(Optional.of(YES)), answers);
        assertEquals(0, thread.timers());
    }

    @Test
    void laterAnswerIsPassedOnOnTheThread() {
        CompletableFuture<Access> later = new CompletableFuture<>();
        ask(request -> later);
        later.complete(YES);
        assertTrue(answers.isEmpty());

        thread.runTasks();

        assertEquals(List.of(Optional.of(YES)), answers);
        assertEquals(0, thread.timers());
    }

    @Test
    void noAnswerInTimeIsNone() {
        CompletableFuture<Access> never = new CompletableFuture<>();
        ask(request -> never);
        assertEquals(List.of(TIMEOUT), thread.delays());

        thread.runTimers();
        thread.runTasks();
        never.complete(YES);
        thread.runTasks();

        assertEquals(List.of(Optional.empty()), answers);
    }

    @Test
    void timeInWhichTheProcessDidNotRunDoesNotCount() {
        ask(request -> new CompletableFuture<>());

        now.addAndGet(TIMEOUT.plus(AuthorizerCalls.MAX_LATENESS).toNanos() + 1);
        thread.runTimers();
        thread.runTasks();
        assertEquals(List.of(), answers);

        now.addAndGet(TIMEOUT.toNanos());
        thread.runTimers();
        thread.runTasks();
        assertEquals(List.of(Optional.empty()), answers);
        assertEquals(0, thread.timers());
    }

    @Test
    void threadThatHasStoppedSetsNoTimer() {
        TimerExecutor stopped = new TimerExecutor() {
            @Override
            public void execute(Runnable task) {
                throw new RejectedExecutionException("stopped");
            }

            @Override
            public Timer executeAfter(Duration delay, Runnable task) {
                throw new RejectedExecutionException("stopped");
            }
        };

        assertDoesNotThrow(() -> ask(request -> new CompletableFuture<>(), stopped));
    }

    @Test
    void failureIsNoAnswer() {
        ask(request -> CompletableFuture.failedStage(new IllegalStateException("no")));

        assertEquals(List.of(Optional.empty()), answers);
    }

    @Test
    void throwingIsNoAnswer() {
        ask(request -> {
            throw new IllegalStateException("no");
        });
        ask(request -> {
            throw new NoClassDefFoundError("no");
        });

        assertEquals(List.of(Optional.empty(), Optional.empty()), answers);
    }

    @Test
    void nullIsNoAnswer() {
        ask(request -> null);
        ask(request -> CompletableFuture.completedStage(null));

        assertEquals(List.of(Optional.empty(), Optional.empty()), answers);
    }

    @Test
    void stageThatIsNoCompletableFutureWillDo() {
        CompletionStage<Access> minimal = CompletableFuture.completedStage(YES);

        ask(request -> minimal);

        assertEquals(List.of(Optional.of(YES)), answers);
    }
}
