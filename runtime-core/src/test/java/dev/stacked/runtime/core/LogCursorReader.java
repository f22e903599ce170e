package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A client that applies events as the contract says, and asserts that ids increase. */
final class LogCursorReader {
    private final LogCursor cursor;
    private final boolean eager;
    /** The reader must receive every review-ready after this number. */
    private final long beginning;

    private final Map<String, Integer> runtimes = new HashMap<>();
    private final List<String> stages = new ArrayList<>();
    private final Set<Long> reviews = new TreeSet<>();
    private boolean initialised;
    private long last = -1;

    private LogCursorReader(LogCursor cursor, long beginning, boolean eager) {
        this.cursor = cursor;
        this.beginning = beginning;
        this.eager = eager;
    }

    static LogCursorReader fresh(LogCursor cursor, long head, boolean eager) {
        return new LogCursorReader(cursor, head, eager);
    }

    static LogCursorReader resumed(LogCursor cursor, LogCursorReader before, boolean eager) {
        LogCursorReader reader = new LogCursorReader(cursor, before.beginning, eager);
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
            EncodedEvent next = cursor.poll(Integer.MAX_VALUE);
            if (next == null) {
                assertFalse(cursor.isDue(), "An event is due that cannot be taken.");
                return taken;
            }
            accept(next);
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
            assertTrue(reviews.add(number), () -> "Sent twice: " + event);
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

    /** The numbers of the received review-ready events, over all its connections. */
    Set<Long> reviews() {
        return reviews;
    }
}
