package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PollTest {
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private static final StageId FIRST = new StageId("s1");
    private static final StageId SECOND = new StageId("s2");
    private static final StageRuntime RUNTIME = Any.runtime("in-progress", 1);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final ScheduledExecutorService executor = mock(ScheduledExecutorService.class);
    private final ScheduledFuture<?> timer = mock(ScheduledFuture.class);
    private final Upstream upstream = new Upstream();
    private final Listener listener = new Listener();
    private final Poll poll = new Poll(
            TestLog.STACK,
            upstream,
            PollTest::atOnce,
            () -> CallContext.begin("poll", BUDGET, () -> 0),
            new EventLoop(executor, Clock.fixed(TestLog.AT, ZoneOffset.UTC), () -> 0),
            listener);

    private static CallTurn atOnce(EventLoop loop, Runnable call) {
        call.run();
        return CallTurn.TAKEN;
    }

    @BeforeEach
    void queueTasks() {
        doAnswer(call -> {
                    tasks.add(call.getArgument(0));
                    return null;
                })
                .when(executor)
                .execute(any());
        when(executor.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> timer);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void tellsTheDocumentThenEachStageThenTheEnd() {
        poll.start();
        runTasks();

        assertEquals(List.of("document", "s1", "s2", "ended"), listener.heard);
        assertTrue(poll.isOver());
        assertTrue(poll.isDocumentRead());
    }

    @Test
    void allCallsNameThePoll() {
        poll.start();
        runTasks();

        assertEquals(List.of("poll", "poll", "poll"), upstream.polls);
    }

    @Test
    void listenerThatThrowsDoesNotKeepThePollFromItsEnd() {
        listener.throwing = true;

        poll.start();
        runTasks();

        assertEquals(List.of("document", "ended"), listener.heard);
    }

    @Test
    void listenerThatThrowsOverOneStageHearsTheOthers() {
        poll.start();
        listener.throwingOver = "s1";
        runTasks();

        assertEquals(List.of("document", "s1", "s2", "ended"), listener.heard);
    }

    @Test
    void cancelledPollTellsNothingMore() {
        CompletableFuture<StageRuntime> held = new CompletableFuture<>();
        upstream.first = held;
        poll.start();
        runTasks();
        verify(timer).cancel(false); // of the document

        poll.cancel();
        runTasks();

        assertEquals(List.of("document"), listener.heard);
        assertTrue(held.isCancelled());
        verify(timer, times(2)).cancel(false);
    }

    @Test
    void failedDocumentEndsThePoll() {
        upstream.document = failed(ErrorCode.INVALID_UPSTREAM_RESPONSE);

        poll.start();
        runTasks();

        assertEquals(List.of("no document: INVALID_UPSTREAM_RESPONSE", "ended"), listener.heard);
    }

    @Test
    void failedStageIsPassedOnAndTheOthersFollow() {
        upstream.first = failed(ErrorCode.RECONCILE_FAILED);

        poll.start();
        runTasks();

        assertEquals(List.of("document", "no s1: RECONCILE_FAILED", "s2", "ended"), listener.heard);
    }

    @Test
    void stageThatTheUpstreamDoesNotKnowIsMissing() {
        upstream.first = failed(ErrorCode.STACK_NOT_FOUND);

        poll.start();
        runTasks();

        assertEquals(List.of("document", "missing s1", "s2", "ended"), listener.heard);
    }

    @Test
    void executorThatIsShutDownIsNoTrouble() {
        doThrow(RejectedExecutionException.class).when(executor).execute(any());
        doThrow(RejectedExecutionException.class).when(executor).schedule(any(Runnable.class), anyLong(), any());

        poll.start();
        runTasks();

        assertEquals(List.of(), listener.heard);
    }

    private static <T> CompletableFuture<T> failed(ErrorCode code) {
        return CompletableFuture.failedFuture(new ReconcileException(code, "Failed by the test."));
    }

    /** A stack with two stages that answers at once, unless the test changes that. */
    private static final class Upstream implements Reconciler {
        private CompletableFuture<StackDocument> document = CompletableFuture.completedFuture(
                new StackDocument(List.of(new Stage(FIRST, "First", RUNTIME), new Stage(SECOND, "Second", RUNTIME))));
        private final List<String> polls = new ArrayList<>();
        private CompletableFuture<StageRuntime> first = CompletableFuture.completedFuture(RUNTIME);

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            polls.add(call.poll());
            return document;
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            polls.add(call.poll());
            return stage.equals(FIRST) ? first : CompletableFuture.completedFuture(RUNTIME);
        }
    }

    private static final class Listener implements Poll.Listener {
        private final List<String> heard = new ArrayList<>();
        private boolean throwing;
        private String throwingOver = "";

        private void hear(String what) {
            heard.add(what);
            if ((throwing && !what.equals("ended")) || what.equals(throwingOver)) {
                throw new IllegalStateException("thrown by a test");
            }
        }

        @Override
        public List<StageId> documentRead(StackDocument document) {
            hear("document");
            return document.stages().stream().map(Stage::id).toList();
        }

        @Override
        public void documentFailed(ReconcileException failure) {
            hear("no document: " + failure.code());
        }

        @Override
        public void stageReconciled(StageId stage, StageRuntime runtime) {
            hear(stage.value());
        }

        @Override
        public void stageFailed(StageId stage, ReconcileException failure) {
            hear("no " + stage + ": " + failure.code());
        }

        @Override
        public void stageMissing(StageId stage, ReconcileException failure) {
            hear("missing " + stage);
        }

        @Override
        public void ended() {
            hear("ended");
        }
    }
}
