package dev.stacked.runtime.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stack that advances by its story. Like the real upstream it notices progress only in a reconcile: the document
 * shows each stage as its last reconcile found it. Not thread-safe. All times are milliseconds since the start.
 */
final class DemoStack {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String UNREADABLE = "Unable to recover JSON payload from stacks file.";

    private final StackProfile profile;
    private final Storyline story;
    private final Instant start;
    private final Map<Integer, Long> reconciledAt = new HashMap<>();

    DemoStack(StackProfile profile, Storyline story, Instant start) {
        this.profile = profile;
        this.story = story;
        this.start = start;
    }

    /** The stack document. */
    Answer document(long time) {
        if (profile.outage().isOn(time)) {
            return Answer.internal(UNREADABLE);
        }
        ArrayNode stages = JSON.arrayNode();
        for (int stage = 0; stage < profile.stages().size(); stage++) {
            stages.add(documented(stage, time));
        }
        ObjectNode stack = JSON.objectNode()
                .put("id", profile.id())
                .put("projectId", "demo")
                .put("name", profile.name())
                .put("type", "feature")
                .put("status", "started");
        stack.set("stages", stages);
        return Answer.data(JSON.objectNode().set("stack", stack));
    }

    /** Updates a stage and returns its runtime. */
    Answer reconcile(String stageId, long time) {
        int stage = profile.stages().stream().map(DemoStage::id).toList().indexOf(stageId);
        if (stage < 0) {
            return Answer.notFound("Stage not found.");
        }
        if (profile.outage().isOn(time)) {
            return Answer.invalidInput(UNREADABLE);
        }
        if (profile.stages().get(stage).trouble().isOn(time)) {
            return Answer.invalidInput("spawn opencode ENOENT");
        }
        reconciledAt.put(stage, time);
        return Answer.data(runtime(stage, time));
    }

    private ObjectNode documented(int stage, long time) {
        long storedAt = Math.max(story.lastHandled(stage, time), reconciledAt.getOrDefault(stage, 0L));
        DemoStage described = profile.stages().get(stage);
        Progress progress = story.progress(stage, storedAt);
        ObjectNode json = JSON.objectNode()
                .put("id", described.id())
                .put("title", described.title())
                .put("status", progress.status().value());
        return withReview(json, stage, storedAt);
    }

    private ObjectNode runtime(int stage, long time) {
        Progress progress = story.progress(stage, time);
        ObjectNode json = JSON.objectNode()
                .put("stageStatus", progress.status().value())
                .put("runtimeState", progress.session())
                .put("todoCompleted", progress.todoCompleted())
                .put("todoTotal", progress.todoTotal());
        return withReview(json, stage, time);
    }

    private ObjectNode withReview(ObjectNode json, int stage, long time) {
        Review review = story.progress(stage, time).review();
        if (review == null) {
            return json;
        }
        PullRequest pullRequest = pullRequest(stage, review, time);
        if (review.isApproved()) {
            json.put("approvedCommitSha", pullRequest.headCommit());
        }
        return json.set("pullRequest", pullRequest.toJson());
    }

    private PullRequest pullRequest(int stage, Review review, long time) {
        int stageCount = profile.stages().size();
        long number = story.round(time) * stageCount + stage + 1;
        String title = "feat: %s - %d: %s"
                .formatted(
                        profile.name(), stage + 1, profile.stages().get(stage).title());
        return new PullRequest(number, title, review, start.plusMillis(story.since(stage, time)));
    }
}
