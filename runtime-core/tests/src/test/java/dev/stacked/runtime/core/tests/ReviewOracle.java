package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Stands between the registry and the upstream, records the answers, and computes naively which reviews must be
 * announced. Asserts that no stack is polled without subscribers.
 */
final class ReviewOracle implements Reconciler {
    private final ScriptedReconciler upstream;
    private final Predicate<StackId> hasSubscribers;
    private final ManualTime time;
    private final Executor loop;
    private final Map<StackId, Sight> sights = new HashMap<>();
    /** The epoch of each stack that was read last. */
    private final Map<StackId, String> epochs = new HashMap<>();

    private int histories;

    /** A stage that became ready for review, with the time in milliseconds. */
    record Announcement(String stage, Instant at) {
        /** Parses the announcement in an event's data. */
        static Announcement of(JsonNode data) {
            return new Announcement(
                    data.get("stageId").stringValue(),
                    Instant.parse(data.get("observedAt").stringValue()));
        }
    }

    /** The observed part of one history of a stack. */
    private static final class Sight {
        private final List<Announcement> announced = new ArrayList<>();
        private final Map<String, String> documented = new HashMap<>();
        /** Stages in progress; false while only the newest document shows it. */
        private final Map<String, Boolean> working = new HashMap<>();

        private final Map<String, StageRuntime> answers = new HashMap<>();
    }

    ReviewOracle(ScriptedReconciler upstream, Predicate<StackId> hasSubscribers, ManualTime time) {
        this.upstream = upstream;
        this.hasSubscribers = hasSubscribers;
        this.time = time;
        this.loop = time.newLoop();
    }

    /** The registry takes an epoch when it begins the history of a stack. */
    String nextEpoch() {
        return "epoch" + ++histories;
    }

    /** The reviews that had to be announced, in order, in the stack's current history. */
    List<Announcement> announced(StackId stack) {
        return sight(stack).announced;
    }

    private Sight sight(StackId stack) {
        return sights.computeIfAbsent(stack, id -> new Sight());
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        requireWanted(stack);
        String epoch = call.poll().substring(0, call.poll().indexOf('.'));
        if (!epoch.equals(epochs.put(stack, epoch))) {
            sights.remove(stack);
        }
        return observed(upstream.readStack(stack, call), document -> seen(sight(stack), document));
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        requireWanted(stack);
        return observed(
                upstream.reconcileStage(stack, stage, call), runtime -> seen(sight(stack), stage.value(), runtime));
    }

    private void requireWanted(StackId stack) {
        if (!hasSubscribers.test(stack)) {
            throw new AssertionError("Polled without subscribers: " + stack);
        }
    }

    /** Records an answer just before the registry receives it, unless the call has been abandoned. */
    private <T> CompletionStage<T> observed(CompletionStage<T> call, Consumer<T> seen) {
        ObservedCall<T> observed = new ObservedCall<>(call.toCompletableFuture());
        call.whenComplete((answer, failure) -> {
            if (failure != null) {
                observed.completeExceptionally(failure);
                return;
            }
            loop.execute(() -> {
                if (!observed.abandoned) {
                    seen.accept(answer);
                }
            });
            observed.complete(answer);
        });
        return observed;
    }

    private static final class ObservedCall<T> extends CompletableFuture<T> {
        private final CompletableFuture<T> call;
        private boolean abandoned;

        ObservedCall(CompletableFuture<T> call) {
            this.call = call;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            abandoned = true;
            return call.cancel(mayInterruptIfRunning);
        }
    }

    private static void seen(Sight sight, StackDocument document) {
        List<String> present =
                document.stages().stream().map(stage -> stage.id().value()).toList();
        sight.working.replaceAll((stage, certain) -> true);
        for (Stage stage : document.stages()) {
            String id = stage.id().value();
            String status = stage.status().value();
            String before = sight.documented.put(id, status);
            if (status.equals("in-progress") && !status.equals(before)) {
                sight.working.putIfAbsent(id, false);
            } else if (status.equals("done") || status.equals("not-started")) {
                sight.working.remove(id);
                sight.answers.put(id, stage.stored());
            }
        }
        sight.documented.keySet().retainAll(present);
        sight.working.keySet().retainAll(present);
        sight.answers.keySet().retainAll(present);
    }

    private void seen(Sight sight, String stage, StageRuntime runtime) {
        if (!sight.documented.containsKey(stage)) {
            return;
        }
        boolean changed = !runtime.equals(sight.answers.put(stage, runtime));
        Boolean certain = sight.working.remove(stage);
        String status = runtime.status().value();
        if (certain != null && (certain || changed) && status.equals("review")) {
            sight.announced.add(new Announcement(stage, time.now().truncatedTo(ChronoUnit.MILLIS)));
        }
        if (status.equals("in-progress")) {
            sight.working.put(stage, true);
        }
    }
}
