package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A stack of a {@link ScriptedReconciler}. Changes apply to all later answers. Thread-safe. */
public final class ScriptedStack {
    private final Monitor monitor;
    private final StackId id;
    private final Behaviour behaviour;
    private final BiConsumer<StackId, Predicate<ScriptedCall>> answerHeld;
    private final List<ScriptedStage> stages = new ArrayList<>();

    ScriptedStack(Monitor monitor, StackId id, BiConsumer<StackId, Predicate<ScriptedCall>> answerHeld) {
        this.monitor = monitor;
        this.id = id;
        this.behaviour = new Behaviour(monitor);
        this.answerHeld = answerHeld;
    }

    /** Id of the stack. */
    public StackId id() {
        return id;
    }

    /** The stage with this id; added at the end on first use. */
    public ScriptedStage stage(String stageId) {
        return monitor.read(() -> find(new StageId(stageId)).orElseGet(() -> add(new StageId(stageId))));
    }

    private ScriptedStage add(StageId stageId) {
        ScriptedStage stage = new ScriptedStage(monitor, stageId, calls -> answerHeld.accept(id, calls));
        stages.add(stage);
        return stage;
    }

    Optional<ScriptedStage> find(StageId stageId) {
        return stages.stream().filter(stage -> stage.id().equals(stageId)).findFirst();
    }

    /** Removes a stage. */
    public ScriptedStack removeStage(String stageId) {
        monitor.update(() -> stages.removeIf(stage -> stage.id().value().equals(stageId)));
        return this;
    }

    /** Moves a stage to another position. */
    public ScriptedStack moveStage(String stageId, int index) {
        ScriptedStage moved = stage(stageId);
        monitor.update(() -> {
            stages.remove(moved);
            stages.add(index, moved);
        });
        return this;
    }

    /**
     * Makes the stack document fail, until {@link #recovers}. With {@link ErrorCode#STACK_NOT_FOUND} the stack is
     * gone.
     */
    public ScriptedStack failsWith(ErrorCode code) {
        return failsWith(Behaviour.failure(code));
    }

    /** Makes the stack document fail with this exception, until {@link #recovers}. */
    public ScriptedStack failsWith(ReconcileException failure) {
        behaviour.failWith(failure);
        return this;
    }

    /** Ends {@link #failsWith}. */
    public ScriptedStack recovers() {
        behaviour.recover();
        return this;
    }

    /** Holds reads of the stack document unanswered, until {@link #release}. */
    public ScriptedStack hold() {
        behaviour.setHolding(true);
        return this;
    }

    /** Answers the held reads with the current state, and all later ones at once. */
    public ScriptedStack release() {
        behaviour.setHolding(false);
        answerHeld.accept(id, call -> call.stage().isEmpty());
        return this;
    }

    boolean isHolding() {
        return behaviour.isHolding();
    }

    StackDocument read() {
        behaviour.requireSuccess();
        return document();
    }

    /** The stack document, unless it is made to fail. */
    public StackDocument document() {
        return monitor.read(() ->
                new StackDocument(stages.stream().map(ScriptedStage::documented).toList()));
    }
}
