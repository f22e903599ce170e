package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values name the rule that is broken, and copy their arguments. */
final class ValuesTest {
    private static final StreamSettings SETTINGS = StreamSettings.defaults();

    @ParameterizedTest
    @CsvSource({
        "RECONCILE_FAILED,reconcile-failed,true",
        "UPSTREAM_UNAVAILABLE,upstream-unavailable,true",
        "INVALID_UPSTREAM_RESPONSE,invalid-upstream-response,true",
        "STACK_NOT_FOUND,stack-not-found,false"
    })
    void errorCodesAreThoseOfTheContract(ErrorCode code, String wireName, boolean retryable) {
        assertEquals(wireName, code.wireName());
        assertEquals(retryable, code.isRetryable());
    }

    @ParameterizedTest
    @CsvSource({"not-started,false", "in-progress,true", "review,true", "approved,true", "done,false", "new,true"})
    void allButDoneAndNotStartedStagesAreActive(String status, boolean active) {
        assertEquals(active, new StageStatus(status).isActive());
    }

    @Test
    void statusIsRequired() {
        assertEquals("Stage status is required.", messageOf(() -> new StageStatus(" ")));
    }

    @Test
    void stageIdOccursOnceInADocument() {
        Stage stage = stage("s1", "review");

        assertEquals(
                "Stage id 's1' occurs twice in the stack.",
                messageOf(() -> new StackDocument(List.of(stage, stage("s2", "review"), stage))));
    }

    @Test
    void documentAndStateCopyTheirStages() {
        List<Stage> stages = new ArrayList<>(List.of(stage("s1", "review")));
        List<StageState> states = new ArrayList<>();
        StackDocument document = new StackDocument(stages);
        StackRuntime runtime = new StackRuntime(states);
        stages.clear();
        states.add(new StageState(new StageId("s1"), "One", StageStatus.REVIEW, null));

        assertEquals(1, document.stages().size());
        assertEquals(0, runtime.stages().size());
    }

    @Test
    void settingThatIsOutOfItsRangeIsNamed() {
        assertTrue(messageOf(() -> SETTINGS.withPollInterval(Duration.ZERO)).startsWith("pollInterval"));
        assertTrue(
                messageOf(() -> SETTINGS.withHeartbeatInterval(Duration.ZERO)).startsWith("heartbeatInterval"));
        assertTrue(messageOf(() -> SETTINGS.withIdlePollInterval(Duration.ZERO)).startsWith("idlePollInterval"));
        assertTrue(messageOf(() -> SETTINGS.withMaxPollInterval(Duration.ZERO)).startsWith("maxPollInterval"));
        assertEquals(
                "documentInterval must not be negative; it is PT-1S.",
                messageOf(() -> SETTINGS.withDocumentInterval(Duration.ofSeconds(-1))));
        assertTrue(messageOf(() -> SETTINGS.withMaxBackOff(Duration.ZERO)).startsWith("maxBackOff"));
        assertEquals("upstreamRate must not be negative; it is -1.", messageOf(() -> SETTINGS.withUpstreamRate(-1)));
        assertTrue(messageOf(() -> SETTINGS.withFirstSnapshotTimeout(Duration.ofSeconds(-1)))
                .startsWith("firstSnapshotTimeout"));
        assertTrue(messageOf(() -> SETTINGS.withRetain(Duration.ZERO)).startsWith("retain"));
        assertTrue(messageOf(() -> SETTINGS.withCallBudget(Duration.ZERO)).startsWith("callBudget"));
        assertTrue(messageOf(() -> SETTINGS.withHistory(0)).startsWith("history "));
        assertTrue(messageOf(() -> SETTINGS.withHistoryBytes(0)).startsWith("historyBytes"));
        assertTrue(messageOf(() -> SETTINGS.withMaxStacks(0)).startsWith("maxStacks"));
        assertTrue(messageOf(() -> SETTINGS.withErrorEvent("a b")).contains("a b"));
        assertTrue(messageOf(() -> SETTINGS.withErrorEvent("snapshot")).contains("'snapshot' is taken"));
    }

    @Test
    void eachSettingIsSetAlone() {
        Duration other = Duration.ofMillis(7);
        StreamSettings all = SETTINGS.withPollInterval(other)
                .withIdlePollInterval(other.plusMillis(5))
                .withMaxPollInterval(other.plusMillis(6))
                .withDocumentInterval(other.plusMillis(7))
                .withMaxBackOff(other.plusMillis(8))
                .withUpstreamRate(4)
                .withHeartbeatInterval(other.plusMillis(1))
                .withFirstSnapshotTimeout(other.plusMillis(2))
                .withRetain(other.plusMillis(3))
                .withCallBudget(other.plusMillis(4))
                .withHistory(5)
                .withHistoryBytes(6)
                .withMaxStacks(7)
                .withErrorEvent("oops");

        assertEquals(
                new StreamSettings(
                        other,
                        other.plusMillis(5),
                        other.plusMillis(6),
                        other.plusMillis(7),
                        other.plusMillis(8),
                        4,
                        other.plusMillis(1),
                        other.plusMillis(2),
                        other.plusMillis(3),
                        other.plusMillis(4),
                        5,
                        6,
                        7,
                        "oops"),
                all);
    }

    @Test
    void failureWithoutMessageHasItsCodeAsMessage() {
        assertEquals(
                "reconcile-failed",
                new ReconcileException(ErrorCode.RECONCILE_FAILED, null, Duration.ZERO, null).message());
    }

    @ParameterizedTest
    @CsvSource({"PT-1S,PT0S", "PT0S,PT0S", "PT59S,PT59S", "PT1M,PT1M", "PT1M0.000000001S,PT1M", "PT100H,PT1M"})
    void failureAsksForAMinuteAtMost(Duration asked, Duration kept) {
        assertEquals(kept, new ReconcileException(ErrorCode.RECONCILE_FAILED, "Late.", asked, null).retryAfter());
    }

    @Test
    void activeStageKeepsItsRuntimeOverANewDocument() {
        StackRuntime known = new StackRuntime(List.of())
                .with(new StackDocument(List.of(stage("s1", "in-progress"))))
                .with(new StageId("s1"), Any.runtime("in-progress", 3));

        StackRuntime next = known.with(new StackDocument(List.of(stage("s1", "review"), stage("s2", "review"))));

        assertEquals(
                Any.runtime("in-progress", 3),
                next.stage(new StageId("s1")).orElseThrow().runtime());
        assertEquals(
                StageStatus.IN_PROGRESS,
                next.stage(new StageId("s1")).orElseThrow().status());
        assertEquals(null, next.stage(new StageId("s2")).orElseThrow().runtime());
        assertEquals(
                StageStatus.REVIEW, next.stage(new StageId("s2")).orElseThrow().status());
    }

    @Test
    void stageThatIsNotThereCannotBeReplaced() {
        StackRuntime known = new StackRuntime(List.of());

        assertEquals(known, known.with(new StageId("s1"), Any.runtime("review", 0)));
        assertEquals(Optional.empty(), known.stage(new StageId("s1")));
    }

    @Test
    void doneStageHasItsStoredRuntimeAndNotStartedOneNone() {
        StackRuntime runtime = new StackRuntime(List.of())
                .with(new StackDocument(List.of(stage("s1", "done"), stage("s2", "not-started"))));

        assertEquals(
                StageRuntime.stored(StageStatus.DONE, null, null),
                runtime.stages().get(0).runtime());
        assertFalse(runtime.stages().get(1).runtime() != null);
    }

    private static Stage stage(String id, String status) {
        return new Stage(new StageId(id), "Title", StageRuntime.stored(new StageStatus(status), null, null));
    }

    private static String messageOf(Executable making) {
        return assertThrows(IllegalArgumentException.class, making).getMessage();
    }
}
