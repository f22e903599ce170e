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
 * A stage of a {@link ScriptedStack}: {@code in-progress}, titled as its id, idle, without todos. Thread-safe; every
 * change shows in the answers from then on.
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

    /** Names the stage. */
    public StageId id() {
        return id;
    }

    /** Sets the title. */
    public ScriptedStage titled(String value) {
        monitor.update(() -> title = value);
        return this;
    }

    /** Sets the status that both the stack document and the reconcile give. */
    public ScriptedStage is(String status) {
        return documentSays(status).reconcileSays(status);
    }

    /** Sets the status that the stack document gives. */
    public ScriptedStage documentSays(String status) {
        monitor.update(() -> documentStatus = status);
        return this;
    }

    /** Sets the status that the reconcile answers. */
    public ScriptedStage reconcileSays(String status) {
        monitor.update(() -> runtime.put("stageStatus", status));
        return this;
    }

    /** Sets the todos that the reconcile answers. */
    public ScriptedStage todos(int completed, int total) {
        monitor.update(() -> runtime.put("todoCompleted", completed).put("todoTotal", total));
        return this;
    }

    /** Sets any field that the reconcile answers. */
    public ScriptedStage with(String field, JsonNode value) {
        monitor.update(() -> runtime.set(field, value));
        return this;
    }

    /** Sets what the stack document stores of an approval and a pull request. */
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

    /** Makes the reconcile of this stage fail with just this, until {@link #recovers}. */
    public ScriptedStage failsWith(ReconcileException failure) {
        behaviour.failWith(failure);
        return this;
    }

    /** Ends {@link #failsWith}. */
    public ScriptedStage recovers() {
        behaviour.recover();
        return this;
    }

    /** Leaves reconciles of this stage unanswered, until {@link #release}. */
    public ScriptedStage hold() {
        behaviour.setHolding(true);
        return this;
    }

    /** Answers the reconciles that are held, with what is true now, and all later ones at once. */
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

    /** What the reconcile answers if it does not fail. */
    public StageRuntime runtime() {
        return monitor.read(() -> StageRuntime.of(runtime));
    }
}
