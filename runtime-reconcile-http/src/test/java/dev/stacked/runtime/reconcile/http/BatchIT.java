package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.STACK;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StageAnswer;
import dev.stacked.runtime.core.StageId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several stages with one call, each of which fails alone. */
class BatchIT {
    private static final String RUNTIME =
            "{\"stageStatus\":\"review\",\"runtimeState\":\"idle\",\"todoCompleted\":2,\"todoTotal\":3}";

    private volatile String body = "";
    private volatile String sent = "";
    private volatile int status = 200;
    private final RawUpstream upstream = RawUpstream.start(request -> {
        int length = Integer.parseInt(request.header("content-length").orElseThrow());
        sent = new String(request.connection().getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        request.sendJson(status, body);
    });
    private final TestReconciler reconciler = reconciler(builder -> builder);

    private TestReconciler reconciler(UnaryOperator<HttpReconcilerBuilder> more) {
        return TestReconciler.of(
                TestReconciler.settings(upstream.uri(), Duration.ofSeconds(20), 1, 16),
                builder -> more.apply(builder.batchPath("/stacks/{stackId}/reconcile")));
    }

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    private static CompletableFuture<Map<StageId, StageAnswer>> reconcile(TestReconciler asked, String... stages) {
        return asked.reconciler()
                .reconcileStages(STACK, Stream.of(stages).map(StageId::new).toList(), asked.call())
                .toCompletableFuture();
    }

    private static ReconcileException failed(Map<StageId, StageAnswer> answers, String stage) {
        return assertInstanceOf(StageAnswer.Failed.class, answers.get(new StageId(stage)))
                .failure();
    }

    @Test
    void allStagesAreAskedForAtOnceAndEachIsAnswered() throws Exception {
        body = "{\"data\":{\"a\":" + RUNTIME + ",\"b \\\"\":" + RUNTIME.replace("review", "done") + "}}";

        Map<StageId, StageAnswer> answers = answer(reconcile(reconciler, "a", "b \""));

        RawUpstream.Request request = upstream.next();
        assertTrue(request.head().startsWith("POST /stacks/rig-stack/reconcile HTTP/1.1\r\n"), request.head());
        assertEquals("application/json", request.header("content-type").orElseThrow());
        assertEquals("{\"stageIds\":[\"a\",\"b \\\"\"]}", sent);
        assertEquals(2, answers.size());
        StageAnswer.Reconciled second =
                assertInstanceOf(StageAnswer.Reconciled.class, answers.get(new StageId("b \"")));
        assertEquals("done", second.runtime().status().value());
    }

    @Test
    void anItemThatFailsFailsAloneAndWithoutTheUpstreamsWords() throws Exception {
        body = "{\"data\":{\"a\":" + RUNTIME
                + ",\"b\":{\"error\":{\"code\":\"invalid-input\",\"message\":\"spawn 10.0.0.7\"}}"
                + ",\"c\":{\"error\":{\"code\":\"not-found\",\"message\":\"Stage not found.\"}}"
                + ",\"d\":17,\"e\":{\"stageStatus\":7}}}";

        Map<StageId, StageAnswer> answers = answer(reconcile(reconciler, "a", "b", "c", "d", "e", "f"));

        assertInstanceOf(StageAnswer.Reconciled.class, answers.get(new StageId("a")));
        assertEquals(ErrorCode.RECONCILE_FAILED, failed(answers, "b").code());
        assertEquals("The upstream answered an error.", failed(answers, "b").message());
        assertEquals(ErrorCode.STACK_NOT_FOUND, failed(answers, "c").code());
        assertEquals(ErrorCode.INVALID_UPSTREAM_RESPONSE, failed(answers, "d").code());
        assertEquals(
                "The upstream's answer is invalid: an item of a batch breaks the contract.",
                failed(answers, "e").message());
        assertFalse(answers.containsKey(new StageId("f")));
    }

    @Test
    void theUpstreamsWordsAreShownIfTheyAreExposed() throws Exception {
        body = "{\"data\":{\"b\":{\"error\":{\"code\":\"invalid-input\",\"message\":\"spawn 10.0.0.7\"}}}}";
        try (TestReconciler exposing = reconciler(HttpReconcilerBuilder::exposeUpstreamMessages)) {
            assertEquals(
                    "The upstream answered invalid-input: spawn 10.0.0.7",
                    failed(answer(reconcile(exposing, "b")), "b").message());
        }
    }

    @Test
    void equalAnswersAreTheSameInstanceForTheSameStages() throws Exception {
        body = "{\"data\":{\"a\":" + RUNTIME + ",\"b\":" + RUNTIME + "}}";
        Map<StageId, StageAnswer> first = answer(reconcile(reconciler, "a", "b"));

        assertSame(first, answer(reconcile(reconciler, "a", "b")));
        assertEquals(
                List.of(new StageId("a")),
                List.copyOf(answer(reconcile(reconciler, "a")).keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"data\":[]}", "{\"data\":null}"})
    void anAnswerThatIsNoBatchFailsAsAWhole(String invalid) throws Exception {
        body = invalid;

        assertEquals(
                ErrorCode.INVALID_UPSTREAM_RESPONSE,
                failure(reconcile(reconciler, "a")).code());
    }

    @Test
    void aRefusalFailsAsAWhole() throws Exception {
        status = 403;

        ReconcileException failure = failure(reconcile(reconciler, "a"));

        assertEquals(ErrorCode.RECONCILE_FAILED, failure.code());
        assertEquals("The upstream answered 403.", failure.message());
    }

    @Test
    void withoutAPathThereAreNoBatches() {
        try (TestReconciler single = TestReconciler.of(upstream.uri())) {
            assertFalse(single.reconciler().reconcilesInBatches());
        }
        assertTrue(reconciler.reconciler().reconcilesInBatches());
    }
}
