package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backend with many stacks, whose stages go back and forth between {@code in-progress} and {@code review} at random,
 * every 20 minutes on average. It announces each change, but loses some of the announcements.
 */
final class BusyBackend implements Reconciler {
    static final int STAGES = 5;

    private static final int SECONDS_BETWEEN_CHANGES = 20 * 60;

    private final Random random;
    private final LongSupplier nanoTime;
    private final double lost;
    private final int[][] versions;
    /** For each stage the ticker times of its changes: odd ones begin a review. */
    private final List<List<List<Long>>> changes;

    private final List<Long> calls = new ArrayList<>();

    BusyBackend(int stacks, Random random, LongSupplier nanoTime, double lost) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.lost = lost;
        this.versions = new int[stacks][STAGES];
        this.changes = IntStream.range(0, stacks)
                .mapToObj(stack -> IntStream.range(0, STAGES)
                        .<List<Long>>mapToObj(stage -> new ArrayList<>())
                        .toList())
                .toList();
    }

    static StackId id(int stack) {
        return new StackId("stack-" + stack);
    }

    static String stageId(int stage) {
        return "s" + stage;
    }

    /** Lets a second pass: each stage may change. */
    void change(Consumer<StackId> announce) {
        for (int stack = 0; stack < versions.length; stack++) {
            for (int stage = 0; stage < STAGES; stage++) {
                if (random.nextInt(SECONDS_BETWEEN_CHANGES) == 0) {
                    touch(stack, stage);
                    if (random.nextDouble() >= lost) {
                        announce.accept(id(stack));
                    }
                }
            }
        }
    }

    /** Changes a stage without an announcement. */
    void touch(int stack, int stage) {
        versions[stack][stage]++;
        changes.get(stack).get(stage).add(nanoTime.getAsLong());
    }

    /** The number of times that a stage was in review for at least this long. */
    int lastingReviews(int stack, int stage, Duration minimum) {
        List<Long> moments = changes.get(stack).get(stage);
        int lasting = 0;
        for (int begin = 0; begin < moments.size(); begin += 2) {
            long end = begin + 1 < moments.size() ? moments.get(begin + 1) : nanoTime.getAsLong();
            lasting += end - moments.get(begin) >= minimum.toNanos() ? 1 : 0;
        }
        return lasting;
    }

    long calls() {
        return calls.size();
    }

    /** The shortest time in which so many calls came. */
    Duration shortestTimeOf(int number) {
        return Duration.ofNanos(IntStream.range(number - 1, calls.size())
                .mapToLong(last -> calls.get(last) - calls.get(last - number + 1))
                .min()
                .orElse(Long.MAX_VALUE));
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        calls.add(nanoTime.getAsLong());
        int[] stages = versions[number(stack.value(), "stack-")];
        return CompletableFuture.completedFuture(new StackDocument(IntStream.range(0, STAGES)
                .mapToObj(stage -> new Stage(new StageId(stageId(stage)), "Stage", runtime(stages[stage])))
                .toList()));
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        calls.add(nanoTime.getAsLong());
        return CompletableFuture.completedFuture(
                runtime(versions[number(stack.value(), "stack-")][number(stage.value(), "s")]));
    }

    private static int number(String id, String prefix) {
        return Integer.parseInt(id.substring(prefix.length()));
    }

    private static StageRuntime runtime(int version) {
        StageStatus status = version % 2 == 0 ? StageStatus.IN_PROGRESS : StageStatus.REVIEW;
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("stageStatus", status.value())
                .put("runtimeState", "idle")
                .put("todoCompleted", version)
                .put("todoTotal", version);
        return StageRuntime.of(json);
    }
}
