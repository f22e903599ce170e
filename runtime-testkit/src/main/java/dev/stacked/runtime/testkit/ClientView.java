package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a client that applies the events of one connection as the wire contract says. Asserts the contract's
 * promises: a fresh connection starts with a snapshot, and ids increase. Not thread-safe.
 */
public final class ClientView {
    private final Map<String, JsonNode> runtimes = new LinkedHashMap<>();
    private final List<String> titles = new ArrayList<>();
    private final List<String> stages = new ArrayList<>();
    private final List<String> reviews = new ArrayList<>();
    private @Nullable EventId last;
    private boolean initialised;

    /** Creates a client without state. */
    public ClientView() {}

    /** Returns this client's state, continued on a new connection that resumes where the old one ended. */
    public ClientView resumed() {
        ClientView next = new ClientView();
        next.runtimes.putAll(runtimes);
        next.stages.addAll(stages);
        next.titles.addAll(titles);
        next.initialised = initialised;
        return next;
    }

    /** Applies an event. */
    public ClientView accept(EncodedEvent event) {
        return accept(event.id().map(EventId::toString).orElse(null), event.name(), event.data());
    }

    /**
     * Applies an event as read from the wire.
     *
     * @param id the id on the wire; null if the event has none
     * @throws AssertionError if the contract forbids this event at this point
     */
    public ClientView accept(@Nullable String id, String name, String data) {
        if (id != null) {
            acceptId(id);
        }
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(data);
        switch (name) {
            case "snapshot" -> acceptSnapshot(json);
            case "stage-runtime" -> {
                require(initialised, "A change arrived before the first snapshot: " + data);
                runtimes.put(json.get("stageId").stringValue(), json.get("runtime"));
            }
            case "review-ready" -> {
                require(initialised, "A review arrived before the first snapshot: " + data);
                reviews.add(json.get("stageId").stringValue());
            }
            default -> require(id == null, "An event that is not part of the history has an id: " + name);
        }
        return this;
    }

    private void acceptId(String text) {
        EventId id = EventId.parse(text).orElseThrow(() -> new AssertionError("Not an event id: " + text));
        EventId before = last;
        require(
                before == null || (before.epoch().equals(id.epoch()) && before.number() < id.number()),
                "Ids must increase within an epoch: " + before + ", then " + id);
        last = id;
    }

    private void acceptSnapshot(ObjectNode json) {
        initialised = true;
        runtimes.clear();
        stages.clear();
        titles.clear();
        for (JsonNode stage : json.get("stages")) {
            stages.add(stage.get("id").stringValue());
            titles.add(stage.get("title").stringValue());
        }
        json.get("runtimeByStageId").properties().forEach(entry -> runtimes.put(entry.getKey(), entry.getValue()));
        require(stages.containsAll(runtimes.keySet()), "A runtime of an unknown stage: " + json);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /** Whether a snapshot has arrived. */
    public boolean isInitialised() {
        return initialised;
    }

    /** The runtimes by stage id. */
    public Map<String, JsonNode> runtimes() {
        return Map.copyOf(runtimes);
    }

    /** The ids of the stages, in order. */
    public List<String> stages() {
        return List.copyOf(stages);
    }

    /** The titles of the stages, in order. */
    public List<String> titles() {
        return List.copyOf(titles);
    }

    /** The stage ids of the review-ready events, in order of arrival. */
    public List<String> reviews() {
        return List.copyOf(reviews);
    }
}
