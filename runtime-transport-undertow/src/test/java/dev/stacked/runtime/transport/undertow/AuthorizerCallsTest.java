package dev.stacked.runtime.transport.undertow;

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
import org.junit.jupiter.api.Test;

final class AuthorizerCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Access YES = Access.allowed("ann");

    private final FakeIoThread thread = new FakeIoThread();
    private final List<Optional<Access>> answers = new ArrayList<>();

    private void ask(StreamAuthorizer authorizer) {
        AccessRequest request = new AccessRequest(
                new StackId("checkout"),
                AccessScope.READ,
                InetAddress.getLoopbackAddress(),
                name -> Optional.empty(),
                name -> Optional.empty());
        new AuthorizerCalls(authorizer, PATIENCE, new ManualTime().clock(), () -> 0).ask(request, thread, answers::add);
    }

    @Test
    void answerThatIsThereIsPassedOnAtOnceWithoutATimer() {
        ask(request -> CompletableFuture.completedStage(YES));

        assertEquals(List.of(Optional.of(YES)), answers);
        assertEquals(0, thread.timers());
    }

    @Test
    void laterAnswerIsPassedOnOnTheIoThread() {
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
        assertEquals(List.of(PATIENCE), thread.delays());

        thread.runTimers();
        thread.runTasks();
        never.complete(YES);
        thread.runTasks();

        assertEquals(List.of(Optional.empty()), answers);
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
