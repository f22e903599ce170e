package dev.stacked.runtime.demo;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pull request with every field that the upstream sends.
 *
 * @param number unique within its stack
 * @param title for people
 * @param review its state
 * @param updatedAt time of the last change of its state
 */
record PullRequest(long number, String title, Review review, Instant updatedAt) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** The reviewed commit, different for each attempt. */
    String headCommit() {
        Random random = new Random(31L * title.hashCode() + 7 * number + review.attempt());
        StringBuilder hash = new StringBuilder();
        for (int part = 0; part < 5; part++) {
            hash.append("%08x".formatted(random.nextInt()));
        }
        return hash.toString();
    }

    ObjectNode toJson() {
        ObjectNode json = JSON.objectNode()
                .put("number", number)
                .put("title", title)
                .put("state", review.isMerged() ? "MERGED" : "OPEN")
                .put("isDraft", false)
                .put("url", "https://github.com/demo/project/pull/" + number)
                .put("updatedAt", MILLISECONDS.format(updatedAt))
                .put("commentCount", review.attempt() - 1)
                .put("reviewDecision", review.decision())
                .put("headRefOid", headCommit());
        return json.set("checks", checks());
    }

    private ObjectNode checks() {
        List<String> names = Review.CHECKS;
        int passed = review.checksPassed();
        int completed = passed + review.checksFailed();
        ArrayNode items = JSON.arrayNode();
        for (int check = 0; check < names.size(); check++) {
            String status = check < passed ? "Passed" : check < completed ? "Failed" : "Pending";
            items.add(JSON.objectNode().put("name", names.get(check)).put("status", status));
        }
        return JSON.objectNode()
                .put("completed", completed)
                .put("total", names.size())
                .put("passed", passed)
                .put("failed", review.checksFailed())
                .set("items", items);
    }
}
