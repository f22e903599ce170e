package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.PollerStatus;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ClientView;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A registry over a scripted upstream, on manual time. */
final class Rig {
    static final Duration POLL = Duration.ofSeconds(2);
    /** Longer than by default, so that tests see it grow. */
    static final Duration MAX_BACK_OFF = Duration.ofSeconds(30);
    /** Long, so that heartbeats occur only in tests that wait for them. */
    static final StreamSettings SETTINGS =
            StreamSettings.defaults().withMaxBackOff(MAX_BACK_OFF).withHeartbeatInterval(Duration.ofDays(1));

    final ManualTime time = new ManualTime();
    final ScheduledExecutorService loop = time.newLoop();
    final ScriptedReconciler upstream;
    final PollerRegistry registry;
    private int epochs;

    Rig() {
        this(SETTINGS);
    }

    Rig(StreamSettings settings) {
        this(settings, new ScriptedReconciler());
    }

    Rig(MeterRegistry meters) {
        this(SETTINGS, meters);
    }

    Rig(StreamSettings settings, MeterRegistry meters) {
        this(settings, new ScriptedReconciler(), meters);
    }

    private Rig(StreamSettings settings, ScriptedReconciler upstream, MeterRegistry meters) {
        this(settings, upstream, upstream, meters);
    }

    Rig(StreamSettings settings, ScriptedReconciler upstream) {
        this(settings, upstream, upstream);
    }

    /** @param asked the registry's reconciler, usually a decorator of {@code upstream} */
    Rig(StreamSettings settings, ScriptedReconciler upstream, Reconciler asked) {
        this(settings, upstream, asked, new SimpleMeterRegistry());
    }

    private Rig(StreamSettings settings, ScriptedReconciler upstream, Reconciler asked, MeterRegistry meters) {
        this.upstream = upstream;
        this.registry = PollerRegistry.builder(asked)
                .settings(settings)
                .loops(List.of(loop))
                .clock(time.clock())
                .nanoTime(time::nanoTime)
                .epochs(() -> "epoch" + ++epochs)
                .meterRegistry(meters)
                .build();
    }

    ScriptedStack stack() {
        return upstream.stack("checkout");
    }

    ScriptedStage stage() {
        return stack().stage("s1");
    }

    /** Subscribes to the stack with unbounded demand, and runs all tasks that are due. */
    RecordingSubscriber join() {
        return join(RecordingSubscriber.eager(), null);
    }

    RecordingSubscriber joinStalled() {
        return join(RecordingSubscriber.stalled(), null);
    }

    RecordingSubscriber resume(String lastEventId) {
        return join(RecordingSubscriber.eager(), lastEventId);
    }

    private RecordingSubscriber join(RecordingSubscriber subscriber, String lastEventId) {
        registry.stream(new StackId("checkout"), lastEventId).subscribe(subscriber);
        time.runReady();
        return subscriber;
    }

    void leave(RecordingSubscriber subscriber) {
        subscriber.cancel();
        time.runReady();
    }

    /** Advances the time just enough for one more poll of each stack. */
    void nextPoll() {
        time.advance(POLL);
    }

    /** Advances the time enough for one more poll of each stack at any back-off. */
    void nextPollOfAnOutage() {
        time.advance(MAX_BACK_OFF);
    }

    /** The status of every stack that is held. */
    List<PollerStatus> statuses() {
        return statuses(registry);
    }

    /** The status of every stack that another registry on this time holds. */
    List<PollerStatus> statuses(PollerRegistry asked) {
        var gathered = asked.pollers().toCompletableFuture();
        time.runReady();
        return gathered.getNow(null);
    }

    /** The status of the only stack. */
    PollerStatus status() {
        return statuses().get(0);
    }

    /** The errors among the events that came since the last look. */
    static List<EncodedEvent> errors(RecordingSubscriber subscriber) {
        return subscriber.takeEvents().stream()
                .filter(event -> event.name().equals("error"))
                .toList();
    }

    /** The codes of {@link #errors}. */
    static List<String> codes(RecordingSubscriber subscriber) {
        return errors(subscriber).stream()
                .map(event -> json(event).get("code").stringValue())
                .toList();
    }

    static JsonNode json(EncodedEvent event) {
        return JsonMapper.shared().readTree(event.data());
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    static ClientView view(RecordingSubscriber subscriber) {
        ClientView view = new ClientView();
        subscriber.events().forEach(view::accept);
        return view;
    }
}
