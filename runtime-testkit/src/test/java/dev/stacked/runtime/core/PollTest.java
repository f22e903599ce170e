package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One poll by itself. Here and not in core, as it needs the kit's time. */
final class PollTest {
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final Listener listener = new Listener();
    private final Poll poll = new Poll(
            new StackId("checkout"),
            upstream,
            BUDGET,
            new EventLoop(time.newLoop(), time.clock(), time::nanoTime),
            listener);

    @BeforeEach
    void giveTheStackTwoStages() {
        upstream.stack("checkout").stage("s1");
        upstream.stack("checkout").stage("s2");
    }

    @Test
    void tellsTheDocumentThenEachStageThenTheEnd() {
        poll.start();
        time.runReady();

        assertEquals(List.of("document", "s1", "s2", "ended"), listener.heard);
        assertTrue(poll.isOver());
        assertTrue(poll.isDocumentRead());
    }

    @Test
    void listenerThatThrowsDoesNotKeepThePollFromItsEnd() {
        listener.throwing = true;

        poll.start();
        time.runReady();

        assertEquals(List.of("document", "ended"), listener.heard);
    }

    @Test
    void listenerThatThrowsOverOneStageHearsTheOthers() {
        poll.start();
        listener.throwingOver = "s1";
        time.runReady();

        assertEquals(List.of("document", "s1", "s2", "ended"), listener.heard);
    }

    @Test
    void cancelledPollTellsNothingMore() {
        upstream.stack("checkout").stage("s1").hold();
        poll.start();
        time.runReady();

        poll.cancel();
        upstream.stack("checkout").stage("s1").release();
        time.advance(BUDGET.multipliedBy(2));

        assertEquals(List.of("document"), listener.heard);
        assertTrue(upstream.calls().get(1).isCancelled());
        assertEquals(0, time.waitingTasks());
    }

    @Test
    void failedDocumentEndsThePoll() {
        upstream.stack("checkout").failsWith(ErrorCode.INVALID_UPSTREAM_RESPONSE);

        poll.start();
        time.runReady();

        assertEquals(List.of("no document: INVALID_UPSTREAM_RESPONSE", "ended"), listener.heard);
    }

    @Test
    void failedStageIsPassedOnAndTheOthersFollow() {
        upstream.stack("checkout").stage("s1").failsWith(ErrorCode.RECONCILE_FAILED);

        poll.start();
        time.runReady();

        assertEquals(List.of("document", "no s1: RECONCILE_FAILED", "s2", "ended"), listener.heard);
    }

    @Test
    void stageThatTheUpstreamDoesNotKnowIsMissing() {
        upstream.stack("checkout").stage("s1").failsWith(ErrorCode.STACK_NOT_FOUND);

        poll.start();
        time.runReady();

        assertEquals(List.of("document", "missing s1", "s2", "ended"), listener.heard);
    }

    @Test
    void executorThatIsShutDownIsNoTrouble() {
        var executor = time.newLoop();
        Poll late = new Poll(
                new StackId("checkout"),
                upstream,
                BUDGET,
                new EventLoop(executor, time.clock(), time::nanoTime),
                listener);
        executor.shutdown();

        late.start();
        time.runReady();

        assertEquals(List.of(), listener.heard);
        assertThrows(Exception.class, () -> executor.execute(() -> {}));
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
