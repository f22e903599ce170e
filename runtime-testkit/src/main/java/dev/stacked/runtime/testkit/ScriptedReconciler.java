package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory upstream that follows a script: {@link #stack} adds stacks, and each can be changed, made to fail, or
 * made to keep callers waiting. Thread-safe.
 *
 * <pre>{@code
 * ScriptedReconciler upstream = new ScriptedReconciler();
 * upstream.stack("checkout").stage("s1").is("review");
 * }</pre>
 */
public final class ScriptedReconciler implements Reconciler {
    private final Monitor monitor = new Monitor();
    private final ScriptedCall.Patience patience;
    private final Runnable asked;
    private final Map<StackId, ScriptedStack> stacks = new HashMap<>();
    private final List<ScriptedCall> calls = new ArrayList<>();
    private final List<ScriptedCall> waiting = new ArrayList<>();
    private final Map<StackId, Integer> mostUnderWay = new HashMap<>();

    /** Creates an upstream without stacks. A cancelled call ends. */
    public ScriptedReconciler() {
        this(() -> {});
    }

    /** @param asked runs at each read of a stack document */
    ScriptedReconciler(Runnable asked) {
        this(ScriptedCall.Patience.HEEDS_CANCELLATION, asked);
    }

    private ScriptedReconciler(ScriptedCall.Patience patience, Runnable asked) {
        this.patience = patience;
        this.asked = asked;
    }

    /** Creates an upstream without stacks that answers held calls even after their cancellation. */
    public static ScriptedReconciler ignoringCancellation() {
        return new ScriptedReconciler(ScriptedCall.Patience.IGNORES_CANCELLATION, () -> {});
    }

    /** The stack with this id; added without stages on first use. All other stacks do not exist. */
    public ScriptedStack stack(String id) {
        return monitor.read(() ->
                stacks.computeIfAbsent(new StackId(id), stack -> new ScriptedStack(monitor, stack, this::answerHeld)));
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        asked.run();
        return begin(stack, null, () -> find(stack).read(), () -> find(stack).isHolding());
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        return begin(
                stack,
                stage,
                () -> find(stack, stage).reconciled(),
                () -> find(stack, stage).isHolding());
    }

    private ScriptedStack find(StackId stack) {
        return Optional.ofNullable(stacks.get(stack)).orElseThrow(() -> Behaviour.failure(ErrorCode.STACK_NOT_FOUND));
    }

    private ScriptedStage find(StackId stack, StageId stage) {
        return find(stack).find(stage).orElseThrow(() -> Behaviour.failure(ErrorCode.RECONCILE_FAILED));
    }

    @SuppressWarnings("unchecked") // the reply has the type of the truth
    private <T> CompletionStage<T> begin(
            StackId stack, @Nullable StageId stage, Supplier<T> truth, Supplier<Boolean> holding) {
        ScriptedCall call = new ScriptedCall(monitor, stack, stage, truth, patience);
        monitor.update(() -> {
            calls.add(call);
            waiting.removeIf(earlier -> !earlier.isUnderWay());
            waiting.add(call);
            mostUnderWay.merge(stack, waitingFor(stack), Math::max);
        });
        if (!monitor.read(() -> isHeld(holding))) {
            call.answer();
        }
        return (CompletionStage<T>) call.reply();
    }

    private static boolean isHeld(Supplier<Boolean> holding) {
        try {
            return holding.get();
        } catch (ReconcileException e) {
            return false; // the stack does not exist
        }
    }

    private int waitingFor(StackId stack) {
        return (int) waiting.stream().filter(call -> call.stack().equals(stack)).count();
    }

    private void answerHeld(StackId stack, Predicate<ScriptedCall> which) {
        held().stream()
                .filter(call -> call.stack().equals(stack) && which.test(call))
                .forEach(ScriptedCall::answer);
    }

    /** All calls since the start or the last {@link #forgetCalls}, in order. */
    public List<ScriptedCall> calls() {
        return monitor.read(() -> List.copyOf(calls));
    }

    /** The calls that are neither answered nor cancelled, in order. */
    public List<ScriptedCall> held() {
        return monitor.read(
                () -> waiting.stream().filter(ScriptedCall::isUnderWay).toList());
    }

    /** Number of calls since the start or the last {@link #forgetCalls}. */
    public int callCount() {
        return monitor.read(calls::size);
    }

    /** The highest number of concurrent calls for one stack so far. */
    public int mostUnderWay(String stack) {
        return monitor.read(() -> mostUnderWay.getOrDefault(new StackId(stack), 0));
    }

    /** Forgets the calls that have ended. */
    public void forgetCalls() {
        monitor.update(() -> calls.removeIf(call -> !call.isUnderWay()));
    }

    /** Waits until this many calls have been received; returns false after {@code timeout}. */
    public boolean awaitCalls(int atLeast, Duration timeout) {
        return monitor.await(timeout, () -> calls.size() >= atLeast);
    }

    /** Waits for a held call; empty after {@code timeout}. */
    public Optional<ScriptedCall> awaitHeld(Duration timeout) {
        monitor.await(timeout, () -> !held().isEmpty());
        return held().stream().findFirst();
    }
}
