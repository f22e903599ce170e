package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.PollerStatus;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ClientView;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * One random schedule over two event loops, three threads of readers and three stacks, with checks of the contract.
 */
final class Simulation {
    private static final List<String> STACKS = List.of("a", "b", "c");
    private static final List<String> STAGES = List.of("s0", "s1", "s2", "s3");
    private static final List<String> STATUSES = List.of(
            "not-started", "in-progress", "in-progress", "in-progress", "review", "review", "approved", "done", "odd");
    private static final int ENOUGH_HISTORY = 100_000;

    private final Random random;
    private final ManualTime time = new ManualTime();
    private final ScriptedReconciler upstream;
    private final ReviewOracle oracle;
    private final StreamSettings settings;
    private final PollerRegistry registry;
    private final ReaderThreads threads;
    private final List<SimulatedPeer> clients = new ArrayList<>();
    private final SimulatedCrowd crowd;
    private final StackId crowded;
    /** The stages that have disappeared at some time, by stack. */
    private final Map<String, Set<String>> vanished = new HashMap<>();

    Simulation(long seed) {
        random = new Random(seed);
        upstream = random.nextBoolean() ? new ScriptedReconciler() : ScriptedReconciler.ignoringCancellation();
        oracle = new ReviewOracle(upstream, this::hasSubscribers, time);
        threads = new ReaderThreads(random, time);
        crowd = new SimulatedCrowd(random, threads.any(), time.newLoop());
        crowded = new StackId(anyOf(STACKS));
        settings = StreamSettings.defaults()
                .withHistory(anyOf(List.of(1, 2, 3, 8, ENOUGH_HISTORY, ENOUGH_HISTORY)))
                .withRetain(anyOf(List.of(Duration.ofSeconds(3), Duration.ofSeconds(60))));
        registry = PollerRegistry.builder(oracle)
                .settings(settings)
                .loops(List.of(time.newLoop(), time.newLoop()))
                .clock(time.clock())
                .nanoTime(threads::nanoTime)
                .epochs(oracle::nextEpoch)
                .build();
        for (String stack : STACKS) {
            for (String stage : STAGES.subList(0, random.nextInt(STAGES.size() + 1))) {
                upstream.stack(stack).stage(stage).is(anyOf(STATUSES));
            }
            upstream.stack(stack);
        }
    }

    private <T> T anyOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean hasSubscribers(StackId stack) {
        return (crowd.isHeld() && stack.equals(crowded))
                || clients.stream()
                        .anyMatch(client -> client.isHeld() && client.stack().equals(stack));
    }

    private List<String> readStacks() {
        return STACKS.stream()
                .filter(stack -> hasSubscribers(new StackId(stack)))
                .toList();
    }

    void run() {
        if (random.nextInt(40) == 0) {
            crowd.connect(registry, crowded);
        }
        for (int steps = 20 + random.nextInt(100); steps > 0; steps--) {
            step();
            time.advance(Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(3000) : 0));
            if (random.nextInt(50) == 0) {
                time.setClock(Duration.ofMinutes(random.nextInt(240) - 120));
            }
            assertPromises();
        }
        calmDown();
        assertEveryoneKnowsTheTruth();
        SimulatedOutage outage = new SimulatedOutage(time, upstream, registry, readStacks());
        outage.assertUsualPollRate();
        outage.assertBackOffAndEndItByANudge();
        assertEveryoneKnowsTheTruth();
        endAndAssertNothingIsLeft();
    }

    private void step() {
        switch (random.nextInt(11)) {
            case 0, 1 -> comeOrGo();
            case 2 -> anyClient().ifPresent(client -> client.take(1 + random.nextInt(3)));
            case 3 -> disturb();
            case 4 -> releaseSomething();
            case 5 -> registry.refresh(new StackId(anyOf(STACKS)));
            default -> change();
        }
    }

    private Optional<SimulatedPeer> anyClient() {
        List<SimulatedPeer> connected =
                clients.stream().filter(SimulatedPeer::isConnected).toList();
        return connected.isEmpty() ? Optional.empty() : Optional.of(anyOf(connected));
    }

    private void comeOrGo() {
        List<SimulatedPeer> away =
                clients.stream().filter(client -> !client.isHeld()).toList();
        switch (random.nextInt(4)) {
            case 0 -> anyClient().ifPresent(SimulatedPeer::leave);
            case 1 -> {
                if (!away.isEmpty()) {
                    anyOf(away).connect(registry);
                }
            }
            default -> {
                if (clients.size() < 10) {
                    SimulatedPeer newcomer = newcomer(new StackId(anyOf(STACKS)));
                    clients.add(newcomer);
                    newcomer.connect(registry);
                }
            }
        }
    }

    private SimulatedPeer newcomer(StackId stack) {
        return random.nextBoolean()
                ? new SimulatedClient(stack, oracle, random.nextInt(3) > 0)
                : new SimulatedReader(stack, oracle, random, threads, time.newLoop());
    }

    private void change() {
        String stackId = anyOf(STACKS);
        ScriptedStack stack = upstream.stack(stackId);
        String stageId = anyOf(STAGES);
        switch (random.nextInt(12)) {
            case 0 -> {
                stack.removeStage(stageId);
                vanished.computeIfAbsent(stackId, id -> new HashSet<>()).add(stageId);
            }
            case 1 -> stack.moveStage(stageId, 0);
            case 2 -> stack.stage(stageId).titled("Title " + random.nextInt(3));
            case 3 -> stack.stage(stageId).todos(random.nextInt(5), 5);
            case 4 -> stack.stage(stageId).documentSays(anyOf(STATUSES));
            case 5 -> stack.stage(stageId).reconcileSays(anyOf(STATUSES));
            case 6 -> stack.stage(stageId).stores("sha" + random.nextInt(3), null);
            default -> stack.stage(stageId).is(anyOf(STATUSES));
        }
    }

    private void disturb() {
        ScriptedStack stack = upstream.stack(anyOf(STACKS));
        String stageId = anyOf(STAGES);
        Duration pause = Duration.ofSeconds(random.nextInt(8) == 0 ? 5 : 0);
        switch (random.nextInt(6)) {
            case 0 -> stack.failsWith(failure(anyOf(List.of(ErrorCode.values())), pause));
            case 1 ->
                stack.stage(stageId)
                        .failsWith(failure(
                                anyOf(List.of(ErrorCode.RECONCILE_FAILED, ErrorCode.UPSTREAM_UNAVAILABLE)), pause));
            case 2 -> stack.hold();
            case 3 -> stack.stage(stageId).hold();
            case 4 -> stack.recovers();
            default -> stack.stage(stageId).recovers();
        }
    }

    private static ReconcileException failure(ErrorCode code, Duration retryAfter) {
        return new ReconcileException(code, "Simulated.", retryAfter, null);
    }

    private void releaseSomething() {
        if (random.nextBoolean()) {
            upstream.held().stream().findFirst().ifPresent(ScriptedCall::answer);
            return;
        }
        // An answer without a waiting caller
        upstream.calls().stream().filter(ScriptedCall::isCancelled).findFirst().ifPresent(ScriptedCall::answer);
        upstream.forgetCalls();
        String stack = anyOf(STACKS);
        upstream.stack(stack).release();
        STAGES.forEach(stage -> find(stack, stage).ifPresent(ScriptedStage::release));
    }

    private Optional<ScriptedStage> find(String stack, String stage) {
        return upstream.stack(stack).document().stages().stream()
                .filter(there -> there.id().value().equals(stage))
                .map(there -> upstream.stack(stack).stage(stage))
                .findFirst();
    }

    private void assertPromises() {
        for (String stack : STACKS) {
            assertTrue(upstream.mostUnderWay(stack) <= 1, "Two calls of a stack at once.");
        }
        assertTrue(time.waitingTasks() < 30, () -> time.waitingTasks() + " tasks are waiting.");
    }

    private void calmDown() {
        for (String stack : STACKS) {
            upstream.stack(stack).recovers().release();
            STAGES.forEach(stage ->
                    find(stack, stage).ifPresent(there -> there.recovers().release()));
        }
        upstream.held().forEach(ScriptedCall::answer);
        threads.becomePrompt();
        time.advance(Rig.MAX_BACK_OFF.multipliedBy(2));
        assertPromises();
        clients.stream().filter(SimulatedPeer::isConnected).forEach(SimulatedPeer::takeAll);
        time.runReady();
        for (SimulatedPeer client : clients) {
            if (client instanceof SimulatedClient subscriber) {
                subscriber.assertOwedLittle();
            }
        }
    }

    private void assertEveryoneKnowsTheTruth() {
        crowd.assertNothingIsDue();
        for (SimulatedPeer client : clients) {
            if (!client.isConnected()) {
                continue;
            }
            String stack = client.stack().value();
            List<Stage> stages = upstream.stack(stack).document().stages();
            ClientView view = client.memory().view();
            assertEquals(truth(stack), view.runtimes(), client::toString);
            assertEquals(stages.stream().map(stage -> stage.id().value()).toList(), view.stages());
            assertEquals(stages.stream().map(Stage::title).toList(), view.titles());
            List<String> stayed = new ArrayList<>(STAGES);
            stayed.removeAll(vanished.getOrDefault(stack, Set.of()));
            boolean eager = client instanceof SimulatedClient subscriber && subscriber.isEager();
            client.memory().assertReviews(stayed, eager && settings.history() == ENOUGH_HISTORY);
        }
    }

    private Map<String, JsonNode> truth(String stack) {
        Map<String, JsonNode> runtimes = new HashMap<>();
        for (Stage stage : upstream.stack(stack).document().stages()) {
            String id = stage.id().value();
            JsonNode active = upstream.stack(stack).stage(id).runtime().toJson();
            boolean started = !active.get("stageStatus").stringValue().equals("not-started");
            switch (stage.status().value()) {
                case "not-started" -> {}
                case "done" -> runtimes.put(id, stage.stored().toJson());
                default -> {
                    if (started) {
                        runtimes.put(id, active);
                    }
                }
            }
        }
        return runtimes;
    }

    private void endAndAssertNothingIsLeft() {
        if (random.nextBoolean()) {
            clients.stream().filter(SimulatedPeer::isConnected).forEach(SimulatedPeer::leave);
            crowd.leave();
            time.runReady();
        } else {
            Duration window = Duration.ofMillis(random.nextInt(5000));
            registry.drain(window, random);
            time.advance(window);
            assertTrue(
                    !crowd.isHeld() && clients.stream().noneMatch(SimulatedPeer::isHeld),
                    "A stream outlived the window.");
        }
        int calls = upstream.callCount();
        time.advance(settings.retain().plusSeconds(1));
        assertEquals(calls, upstream.callCount(), "Polled after all had left.");
        assertEquals(0, time.waitingTasks(), "Something is kept.");
        CompletableFuture<List<PollerStatus>> pollers = registry.pollers().toCompletableFuture();
        time.runReady();
        assertEquals(List.of(), pollers.join(), "A stack is kept.");
    }
}
