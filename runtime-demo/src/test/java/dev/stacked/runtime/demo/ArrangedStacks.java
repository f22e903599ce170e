package dev.stacked.runtime.demo;

import dev.stacked.runtime.core.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stacks without a story: a test sets their answers. */
final class ArrangedStacks implements Stacks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, Answer> documents = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Answer>> reconciles = new ConcurrentHashMap<>();

    void put(String stackId, List<Stage> stages) {
        ArrayNode documented = JSON.arrayNode();
        Map<String, Answer> runtimes = new ConcurrentHashMap<>();
        for (Stage stage : stages) {
            documented.add(documented(stage));
            runtimes.put(stage.id().value(), Answer.data(stage.stored().toJson()));
        }
        ObjectNode data = JSON.objectNode();
        data.putObject("stack").set("stages", documented);
        documents.put(stackId, Answer.data(data));
        reconciles.put(stackId, runtimes);
    }

    /** Sets the answer to reconciles of this stage from now on. */
    void answer(String stackId, String stageId, Answer answer) {
        reconciles.get(stackId).put(stageId, answer);
    }

    @Override
    public List<String> ids() {
        return List.copyOf(documents.keySet());
    }

    @Override
    public Answer document(String stackId) {
        return documents.getOrDefault(stackId, Answer.notFound("Stack not found."));
    }

    @Override
    public Answer reconcile(String stackId, String stageId) {
        return reconciles.getOrDefault(stackId, Map.of()).getOrDefault(stageId, Answer.notFound("Stage not found."));
    }

    private static ObjectNode documented(Stage stage) {
        ObjectNode json = stage.stored().toJson();
        json.retain("approvedCommitSha", "pullRequest");
        return json.put("id", stage.id().value())
                .put("title", stage.title())
                .put("status", stage.status().value());
    }
}
