package dev.stacked.runtime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageAnswer;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract of every {@link Reconciler}. Subclasses implement the methods that arrange the state of the backend; one
 * that a backend cannot support may abort the test with {@link org.junit.jupiter.api.Assumptions#abort(String)}.
 */
public abstract class ReconcilerContract {
    private static final StackId STACK = new StackId("checkout");
    private static final StageId STAGE = new StageId("s1");

    /** The reconciler under test; the same instance throughout a test. */
    protected abstract Reconciler reconciler();

    /** Adds a stack to the backend, or replaces it. Document and reconcile report the same status of a stage. */
    protected abstract void givenStack(StackId stack, List<Stage> stages);

    /** Sets the result of a stage's reconcile; the stack exists already. */
    protected abstract void givenRuntime(StackId stack, StageId stage, ObjectNode runtime);

    /** Makes the reconcile of a stage fail; the stack exists already. */
    protected abstract void givenFailure(StackId stack, StageId stage);

    /** Makes the backend silent: from now on it never responds. */
    protected abstract void givenSilence();

    @Test
    void documentHoldsTheStagesInTheirOrder() {
        Stage done = new Stage(
                new StageId("done"),
                "Done",
                StageRuntime.stored(StageStatus.DONE, "8234fe51", json("{'number':2,'unknown':[1]}")));
        List<Stage> stages = List.of(
                done,
                stage("z", "Last by name", StageStatus.IN_PROGRESS),
                stage("a", "First by name", StageStatus.NOT_STARTED),
                stage("m", "In between", new StageStatus("something-new")));
        givenStack(STACK, stages);

        assertEquals(new StackDocument(stages), answer(read(STACK)));
    }

    @Test
    void stackWithoutStagesIsAStack() {
        givenStack(STACK, List.of());

        assertEquals(List.of(), answer(read(STACK)).stages());
    }

    @Test
    void unknownStackFailsAsNotFound() {
        givenStack(STACK, List.of());

        ReconcileException failure = failure(read(new StackId("nowhere")));

        assertEquals(ErrorCode.STACK_NOT_FOUND, failure.code());
        assertFalse(failure.message().isBlank());
    }

    @Test
    void reconcileAnswersTheRuntimeOfItsStage() {
        givenStack(STACK, Stream.of("s1", "s2").map(ReconcilerContract::stage).toList());
        givenRuntime(STACK, new StageId("s1"), runtime(1));
        givenRuntime(STACK, new StageId("s2"), runtime(2));

        assertEquals(StageRuntime.of(runtime(2)), reconcile("s2"));
        assertEquals(StageRuntime.of(runtime(1)), reconcile("s1"));
        assertEquals(StageRuntime.of(runtime(1)), reconcile("s1"), "Calls must be repeatable.");
    }

    @Test
    void fieldsThatWeDoNotKnowPassUnchanged() {
        givenStack(STACK, List.of(stage("s1")));
        ObjectNode runtime = runtime(1);
        runtime.set("unknown", json("{'n':[1,2.5,null,true,'ü 🚀'],'big':12345678901234567890123,'deep':{'a':{}}}"));
        runtime.set("pullRequest", json("{'number':2,'state':'OPEN','checks':{'items':[{'name':'build'}]}}"));
        givenRuntime(STACK, STAGE, runtime);

        assertEquals(StageRuntime.of(runtime), reconcile("s1"));
    }

    @Test
    void failingStageFailsAsSuchAndTakesNoOtherAlong() {
        givenStack(STACK, Stream.of("s1", "s2").map(ReconcilerContract::stage).toList());
        givenRuntime(STACK, new StageId("s2"), runtime(2));
        givenFailure(STACK, STAGE);

        ReconcileException failure = failure(reconcile(STACK, STAGE));

        assertEquals(ErrorCode.RECONCILE_FAILED, failure.code());
        assertFalse(failure.message().isBlank());
        assertEquals(StageRuntime.of(runtime(2)), reconcile("s2"));
    }

    @Test
    void oneCallForSeveralStagesAnswersEachAndAFailingOneFailsAlone() {
        assumeTrue(reconciler().reconcilesInBatches(), "This reconciler does not reconcile in batches.");
        List<StageId> stages = Stream.of("s1", "s2", "s3").map(StageId::new).toList();
        givenStack(STACK, Stream.of("s1", "s2", "s3").map(ReconcilerContract::stage).toList());
        givenRuntime(STACK, stages.get(1), runtime(2));
        givenRuntime(STACK, stages.get(2), runtime(3));
        givenFailure(STACK, STAGE);

        Map<StageId, StageAnswer> answers = answer(reconciler().reconcileStages(STACK, stages, call()));

        assertEquals(Set.copyOf(stages), answers.keySet());
        assertInstanceOf(StageAnswer.Failed.class, answers.get(STAGE));
        assertEquals(StageRuntime.of(runtime(2)), answer(answers, stages.get(1)));
        assertEquals(StageRuntime.of(runtime(3)), answer(answers, stages.get(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "../b",
                "a b",
                "?",
                "#",
                "%",
                "%2F",
                "a%20b",
                "a+b",
                "a;v=1",
                "a?b=c#d",
                "\"quoted\"",
                "it's",
                "\\",
                "ünïcödé",
                "🚀",
                "{stackId}",
                "a&b",
                "a:b",
                "a//b",
                "b/stages/x"
            })
    void anyIdReachesItsStackAndNoOther(String id) {
        for (String other : List.of("a", "b", "c")) {
            givenStack(new StackId(other), List.of(stage(id), stage("a"), stage("b")));
            for (String stage : List.of(id, "a", "b")) {
                givenRuntime(new StackId(other), new StageId(stage), runtime(99));
            }
        }
        StackId hostile = new StackId(id);
        givenStack(hostile, List.of(stage(id), stage("x")));
        givenRuntime(hostile, new StageId(id), runtime(1));
        givenRuntime(hostile, new StageId("x"), runtime(2));

        assertEquals(List.of(stage(id), stage("x")), answer(read(hostile)).stages());
        assertEquals(StageRuntime.of(runtime(1)), answer(reconcile(hostile, new StageId(id))));
        assertEquals(StageRuntime.of(runtime(2)), answer(reconcile(hostile, new StageId("x"))));
    }

    @Test
    void callsReturnAtOnceThoughTheBackendIsSilent() {
        givenStack(STACK, List.of(stage("s1")));
        answer(read(STACK)); // completes any lazy set-up
        givenSilence();

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 10; i++) {
                read(STACK).toCompletableFuture().cancel(true);
                reconcileCall().toCompletableFuture().cancel(true);
            }
        });
    }

    @Test
    void callThatIsCancelledEndsAtOnce() {
        givenStack(STACK, List.of(stage("s1")));
        givenSilence();
        CompletableFuture<?> reading = read(STACK).toCompletableFuture();
        CompletableFuture<?> reconciling = reconcileCall().toCompletableFuture();
        assertFalse(reading.isDone() || reconciling.isDone(), "The backend should be silent.");

        reading.cancel(true);
        reconciling.cancel(true);

        assertTrue(reading.isCancelled());
        assertTrue(reconciling.isCancelled());
    }

    private StageRuntime reconcile(String stage) {
        return answer(reconcile(STACK, new StageId(stage)));
    }

    private CompletionStage<StackDocument> read(StackId stack) {
        return reconciler().readStack(stack, call());
    }

    private CompletionStage<?> reconcileCall() {
        return reconciler().reconcilesInBatches()
                ? reconciler().reconcileStages(STACK, List.of(STAGE), call())
                : reconciler().reconcileStage(STACK, STAGE, call());
    }

    /** Reconciles in the way that the poller would. */
    private CompletionStage<StageRuntime> reconcile(StackId stack, StageId stage) {
        return reconciler().reconcilesInBatches()
                ? reconciler().reconcileStages(stack, List.of(stage), call()).thenApply(answers -> answer(answers, stage))
                : reconciler().reconcileStage(stack, stage, call());
    }

    private static StageRuntime answer(Map<StageId, StageAnswer> answers, StageId stage) {
        StageAnswer answer = answers.get(stage);
        if (answer instanceof StageAnswer.Failed failed) {
            throw failed.failure();
        }
        assertInstanceOf(StageAnswer.Reconciled.class, answer, "The stage has no answer.");
        return ((StageAnswer.Reconciled) answer).runtime();
    }

    private static CallContext call() {
        return CallContext.begin("contract", Patience.LIMIT, () -> 0);
    }

    private static <T> T answer(CompletionStage<T> call) {
        try {
            return call.toCompletableFuture().get(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("The call should have been answered.", e);
        }
    }

    private static ReconcileException failure(CompletionStage<?> call) {
        ExecutionException thrown = assertThrows(
                ExecutionException.class,
                () -> call.toCompletableFuture().get(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        @Nullable Throwable cause = thrown.getCause();
        return assertInstanceOf(ReconcileException.class, cause);
    }

    private static Stage stage(String id) {
        return stage(id, "Title of " + id, StageStatus.IN_PROGRESS);
    }

    private static Stage stage(String id, String title, StageStatus status) {
        return new Stage(new StageId(id), title, StageRuntime.stored(status, null, null));
    }

    private static ObjectNode runtime(int todos) {
        return (ObjectNode) json(
                "{'stageStatus':'in-progress','runtimeState':'busy','todoCompleted':" + todos + ",'todoTotal':100}");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
