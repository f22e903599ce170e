package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stage of a {@link ScriptedStack}. Initially {@code in-progress}, with its id as title, idle, without todos. Changes
 * apply to all later answers. Thread-safe.
 */
public final class ScriptedStage {
    private final Monitor monitor;
    private final StageId id;
    private final Behaviour behaviour;
    private final Consumer<Predicate<ScriptedCall>> answerHeld;
    private final ObjectNode runtime = JsonNodeFactory.instance
            .objectNode()
            .put("stageStatus", "in-progress")
            .put("runtimeState", "idle")
            .put("todoCompleted", 0)
            .put("todoTotal", 0);
    private String title;
    private String documentStatus = "in-progress";
    private @Nullable String approvedCommitSha;
    private @Nullable JsonNode pullRequest;

    ScriptedStage(Monitor monitor, StageId id, Consumer<Predicate<ScriptedCall>> answerHeld) {
        this.monitor = monitor;
        this.id = id;
        this.title = id.value();
        this.behaviour = new Behaviour(monitor);
        this.answerHeld = answerHeld;
    }

    /** Id of the stage. */
    public StageId id() {
        return id;
    }

    /** Sets the title. */
    public ScriptedStage titled(String value) {
        monitor.update(() -> title = value);
        return this;
    }

    /** Sets the status in both the stack document and the result of the reconcile. */
    public ScriptedStage is(String status) {
        return documentSays(status).reconcileSays(status);
    }

    /** Sets the status in the stack document. */
    public ScriptedStage documentSays(String status) {
        monitor.update(() -> documentStatus = status);
        return this;
    }

    /** Sets the status in the result of the reconcile. */
    public ScriptedStage reconcileSays(String status) {
        monitor.update(() -> runtime.put("stageStatus", status));
        return this;
    }

    /** Sets the todos in the result of the reconcile. */
    public ScriptedStage todos(int completed, int total) {
        monitor.update(() -> runtime.put("todoCompleted", completed).put("todoTotal", total));
        return this;
    }

    /** Sets any field in the result of the reconcile. */
    public ScriptedStage with(String field, JsonNode value) {
        monitor.update(() -> runtime.set(field, value));
        return this;
    }

    /** Sets the approval and pull request that the stack document stores. */
    public ScriptedStage stores(@Nullable String approval, @Nullable JsonNode request) {
        monitor.update(() -> {
            approvedCommitSha = approval;
            pullRequest = request;
        });
        return this;
    }

    /** Makes the reconcile of this stage fail, until {@link #recovers}. */
    public ScriptedStage failsWith(ErrorCode code) {
        return failsWith(Behaviour.failure(code));
    }

    /** Makes the reconcile of this stage fail with this exception, until {@link #recovers}. */
    public ScriptedStage failsWith(ReconcileException failure) {
        behaviour.failWith(failure);
        return this;
    }

    /** Ends {@link #failsWith}. */
    public ScriptedStage recovers() {
        behaviour.recover();
        return this;
    }

    /** Holds reconciles of this stage unanswered, until {@link #release}. */
    public ScriptedStage hold() {
        behaviour.setHolding(true);
        return this;
    }

    /** Answers the held reconciles with the current state, and all later ones at once. */
    public ScriptedStage release() {
        behaviour.setHolding(false);
        answerHeld.accept(call -> call.stage().filter(id::equals).isPresent());
        return this;
    }

    boolean isHolding() {
        return behaviour.isHolding();
    }

    Stage documented() {
        return new Stage(
                id, title, StageRuntime.stored(new StageStatus(documentStatus), approvedCommitSha, pullRequest));
    }

    StageRuntime reconciled() {
        behaviour.requireSuccess();
        return runtime();
    }

    /** The result of the reconcile, unless it is made to fail. */
    public StageRuntime runtime() {
        return monitor.read(() -> StageRuntime.of(runtime));
    }
}
