package dev.stacked.runtime.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DemoStacksTest {
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualTime time = new ManualTime();
    private final DemoStacks stacks = new DemoStacks(StackProfile.all(), time.clock(), 1);

    @Test
    void aStackIsWrittenAsTheUpstreamWritesOne() {
        JsonNode stack = stacks.document("checkout").body().at("/data/stack");

        assertEquals(
                List.of("id", "projectId", "name", "type", "status", "stages"), List.copyOf(stack.propertyNames()));
        assertEquals("checkout", stack.get("id").stringValue());
        assertEquals(
                List.of("id", "title", "status"),
                List.copyOf(stack.at("/stages/0").propertyNames()));
        assertEquals("in-progress", stack.at("/stages/0/status").stringValue());
        assertEquals("not-started", stack.at("/stages/1/status").stringValue());
    }

    @Test
    void aRuntimeIsWrittenAsTheUpstreamWritesOne() {
        ObjectNode runtime = reconciled("checkout", "cart-summary");

        assertEquals(
                "{\"stageStatus\":\"in-progress\",\"runtimeState\":\"busy\",\"todoCompleted\":0,\"todoTotal\":2}",
                runtime.toString());
    }

    @Test
    void aPullRequestIsWrittenAsTheUpstreamWritesOne() {
        awaitStatus("review");

        JsonNode pullRequest = reconciled("checkout", "cart-summary").get("pullRequest");

        assertEquals(
                List.of(
                        "number",
                        "title",
                        "state",
                        "isDraft",
                        "url",
                        "updatedAt",
                        "commentCount",
                        "reviewDecision",
                        "headRefOid",
                        "checks"),
                List.copyOf(pullRequest.propertyNames()));
        assertTrue(pullRequest.get("headRefOid").stringValue().matches("[0-9a-f]{40}"));
        assertTrue(pullRequest.get("updatedAt").stringValue().matches("2026-01-01T00:00:0\\d\\.\\d{3}Z"));
        assertEquals(
                "{\"completed\":0,\"total\":3,\"passed\":0,\"failed\":0,\"items\":["
                        + "{\"name\":\"build\",\"status\":\"Pending\"},"
                        + "{\"name\":\"lint\",\"status\":\"Pending\"},"
                        + "{\"name\":\"test\",\"status\":\"Pending\"}]}",
                pullRequest.get("checks").toString());
    }

    @Test
    void theDocumentFollowsTheReconcileAndNotTheTime() {
        awaitStatus("review");
        time.advance(Duration.ofSeconds(1));

        stacks.document("search");
        assertEquals("in-progress", documented("search", 0).get("status").stringValue());

        reconciled("search", "index-schema");
        assertEquals("review", documented("search", 0).get("status").stringValue());
        assertEquals(
                reconciled("search", "index-schema").get("pullRequest"),
                documented("search", 0).get("pullRequest"));
    }

    @Test
    void aCommitIsApprovedWithTheStageAndTheDocumentKeepsIt() {
        awaitStatus("approved");
        JsonNode commit = reconciled("checkout", "cart-summary").get("approvedCommitSha");
        awaitStatus("done");
        ObjectNode done = reconciled("checkout", "cart-summary");

        assertEquals(commit, done.get("approvedCommitSha"));
        assertEquals(commit, done.at("/pullRequest/headRefOid"));
        assertEquals("MERGED", done.at("/pullRequest/state").stringValue());
        assertEquals(commit, documented("checkout", 0).get("approvedCommitSha"));
    }

    @Test
    void anotherRoundBringsOtherPullRequests() {
        awaitStatus("review");
        JsonNode first = reconciled("checkout", "cart-summary").get("pullRequest");
        awaitStatus("done");
        awaitStatus("in-progress");
        awaitStatus("review");
        JsonNode second = reconciled("checkout", "cart-summary").get("pullRequest");

        assertEquals(first.get("number").intValue() + 4, second.get("number").intValue());
        assertNotEquals(first.get("headRefOid"), second.get("headRefOid"));
    }

    @Test
    void everyRuntimeIsOneThatTheCoreReads() {
        for (Duration passed = Duration.ZERO; passed.toSeconds() < 200; passed = passed.plus(STEP.multipliedBy(5))) {
            time.advance(STEP.multipliedBy(5));
            StageRuntime.of(reconciled("mobile app/α", "50% smaller?"));
        }
    }

    private ObjectNode reconciled(String stack, String stage) {
        Answer answer = stacks.reconcile(stack, stage);
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return (ObjectNode) answer.body().get("data");
    }

    private JsonNode documented(String stack, int stage) {
        return stacks.document(stack).body().at("/data/stack/stages/" + stage);
    }

    /** Advances the time until the first stage of {@code checkout} has a status. */
    private void awaitStatus(String status) {
        for (int step = 0; step < 3_000; step++) {
            if (reconciled("checkout", "cart-summary")
                    .get("stageStatus")
                    .stringValue()
                    .equals(status)) {
                return;
            }
            time.advance(STEP);
        }
        throw new AssertionError("Never " + status + ".");
    }
}
