package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A client that applies what it is told, as the contract says, and insists on rising ids. */
final class OutboxReader {
    private final Outbox outbox;
    private final boolean eager;
    /** It must be told every review-ready after this. */
    private final long beginning;

    private final Map<String, Integer> runtimes = new HashMap<>();
    private final List<String> stages = new ArrayList<>();
    private final Set<Long> reviews = new TreeSet<>();
    private boolean initialised;
    private long last = -1;

    private OutboxReader(Outbox outbox, long beginning, boolean eager) {
        this.outbox = outbox;
        this.beginning = beginning;
        this.eager = eager;
    }

    static OutboxReader fresh(Outbox outbox, long head, boolean eager) {
        return new OutboxReader(outbox, head, eager);
    }

    static OutboxReader resumed(Outbox outbox, OutboxReader before, boolean eager) {
        OutboxReader reader = new OutboxReader(outbox, before.beginning, eager);
        reader.runtimes.putAll(before.runtimes);
        reader.stages.addAll(before.stages);
        reader.reviews.addAll(before.reviews);
        reader.initialised = before.initialised;
        return reader;
    }

    Optional<EventId> lastId() {
        return last < 0 ? Optional.empty() : Optional.of(new EventId("e", last));
    }

    long beginning() {
        return beginning;
    }

    void takeIfEager() {
        if (eager) {
            takeAll();
        }
    }

    int takeAll() {
        return take(1000);
    }

    int take(int most) {
        for (int taken = 0; taken < most; taken++) {
            Optional<EncodedEvent> next = outbox.hasNext() ? outbox.next() : Optional.empty();
            if (next.isEmpty()) {
                return taken;
            }
            accept(next.get());
        }
        return most;
    }

    private void accept(EncodedEvent event) {
        long number = event.id().orElseThrow().number();
        assertTrue(number > last, () -> last + " was followed by " + event);
        last = number;
        JsonNode json = Any.parse(event.data());
        if (event.name().equals("snapshot")) {
            acceptSnapshot(json);
            return;
        }
        assertTrue(initialised, () -> "Before the first snapshot: " + event);
        String stage = json.get("stageId").stringValue();
        if (event.name().equals("review-ready")) {
            assertTrue(reviews.add(number), () -> "Told twice: " + event);
        } else {
            assertEquals("stage-runtime", event.name());
            runtimes.put(stage, json.at("/runtime/todoCompleted").intValue());
        }
    }

    private void acceptSnapshot(JsonNode json) {
        initialised = true;
        runtimes.clear();
        stages.clear();
        json.get("stages").forEach(stage -> stages.add(stage.get("id").stringValue()));
        json.get("runtimeByStageId")
                .properties()
                .forEach(entry -> runtimes.put(
                        entry.getKey(), entry.getValue().get("todoCompleted").intValue()));
    }

    Map<String, Integer> runtimes() {
        return runtimes;
    }

    List<String> stages() {
        return stages;
    }

    /** The numbers of the review-readies that it was told, over all its connections. */
    Set<Long> reviews() {
        return reviews;
    }
}
