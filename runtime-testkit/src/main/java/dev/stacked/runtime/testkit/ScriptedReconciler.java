package dev.stacked.runtime.testkit;

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
 * An upstream in memory that does what a test says: {@link #stack} names the stacks that exist, each of which is asked
 * to change, to fail, or to keep callers waiting. Thread-safe.
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

    /** An upstream without stacks, of which a call that is cancelled ends. */
    public ScriptedReconciler() {
        this(() -> {});
    }

    /** @param asked runs whenever a stack document is read */
    ScriptedReconciler(Runnable asked) {
        this(ScriptedCall.Patience.HEEDS_CANCELLATION, asked);
    }

    private ScriptedReconciler(ScriptedCall.Patience patience, Runnable asked) {
        this.patience = patience;
        this.asked = asked;
    }

    /** An upstream without stacks, which answers a held call even after its caller cancelled it. */
    public static ScriptedReconciler ignoringCancellation() {
        return new ScriptedReconciler(ScriptedCall.Patience.IGNORES_CANCELLATION, () -> {});
    }

    /** A stack; one that is not there yet is added, without stages. All others do not exist. */
    public ScriptedStack stack(String id) {
        return monitor.read(() ->
                stacks.computeIfAbsent(new StackId(id), stack -> new ScriptedStack(monitor, stack, this::answerHeld)));
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack) {
        asked.run();
        return begin(stack, null, () -> find(stack).read(), () -> find(stack).isHolding());
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage) {
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

    @SuppressWarnings("unchecked") // the reply answers with what the truth gives
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
            return false; // not there at all
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

    /** Every call since the beginning or {@link #forgetCalls}, in order. */
    public List<ScriptedCall> calls() {
        return monitor.read(() -> List.copyOf(calls));
    }

    /** The calls that were neither answered nor cancelled yet, in order. */
    public List<ScriptedCall> held() {
        return monitor.read(
                () -> waiting.stream().filter(ScriptedCall::isUnderWay).toList());
    }

    /** How many calls were received since the beginning or {@link #forgetCalls}. */
    public int callCount() {
        return monitor.read(calls::size);
    }

    /** The most calls for one stack that ever waited for their answers at the same time. */
    public int mostUnderWay(String stack) {
        return monitor.read(() -> mostUnderWay.getOrDefault(new StackId(stack), 0));
    }

    /** Forgets the calls that are over. */
    public void forgetCalls() {
        monitor.update(() -> calls.removeIf(call -> !call.isUnderWay()));
    }

    /** Waits until calls have been received; false if it are fewer when the {@code timeout} is over. */
    public boolean awaitCalls(int atLeast, Duration timeout) {
        return monitor.await(timeout, () -> calls.size() >= atLeast);
    }

    /** Waits until some call is held; empty if none is when the {@code timeout} is over. */
    public Optional<ScriptedCall> awaitHeld(Duration timeout) {
        monitor.await(timeout, () -> !held().isEmpty());
        return held().stream().findFirst();
    }
}
