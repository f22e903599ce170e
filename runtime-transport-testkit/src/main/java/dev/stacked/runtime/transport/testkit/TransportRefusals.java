package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The part of the {@link TransportContract} about requests: which of them open a stream, and which are refused. */
abstract class TransportRefusals {
    private @Nullable TransportRun current;

    /** The transport under test. */
    protected abstract TransportHarness harness();

    /** Starts a run with settings that suit most tests. */
    final TransportRun start() {
        return start(PolledUpstream.SETTINGS, TransportRun.LIMITS);
    }

    /** Starts a run that ends with the test. */
    final TransportRun start(StreamSettings settings, TransportLimits limits) {
        TransportRun run = new TransportRun(harness(), settings, limits);
        current = run;
        return run;
    }

    @AfterEach
    void stop() {
        if (current != null) {
            current.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "../b",
                "a b",
                "?",
                "#",
                "%",
                "%2F",
                "a%20b",
                "a+b",
                "a;v=1",
                "\"quoted\"",
                "it's",
                "<b>",
                "\\",
                "ünïcödé",
                "🚀",
                "{id}",
                "a&b=c",
                "a:b",
                "..",
                "."
            })
    void anyIdReachesItsStackAndNoOther(String id) {
        TransportRun run = start();
        run.upstream.stack("b").stage("another");
        run.upstream.stack("a").stage("another");
        run.upstream.stack(id).stage(id).titled(id);

        JsonNode snapshot = run.open(id).next("snapshot").json();

        assertEquals(id, snapshot.get("stackId").stringValue());
        assertEquals(id, snapshot.at("/stages/0/id").stringValue());
        assertEquals(id, snapshot.at("/stages/0/title").stringValue());
        assertTrue(snapshot.get("runtimeByStageId").has(id));
    }

    @ParameterizedTest
    @CsvSource({"'',required", "%20,required", "%20%09,required", "a%0Ab,control", "a%00b,control"})
    void idThatBreaksTheRuleIsRefused(String encodedId, String reason) {
        TransportRun run = start();

        Refusal.of(run.send(run.get(encodedId))).is(400, "invalid-input").says(reason);
    }

    @Test
    void missingIdIsRefusedInTheWordsOfTheContract() {
        TransportRun run = start();

        Refusal.of(run.send(run.get("%20"))).is(400, "invalid-input").says("Stack id is required.");
    }

    @Test
    void idThatIsTooLongIsRefused() {
        TransportRun run = start();
        run.upstream.stack("x".repeat(200)).stage("s1");

        Refusal.of(run.send(run.get("x".repeat(201)))).is(400, "invalid-input").says("200");
        run.open("x".repeat(200)).next("snapshot");
    }

    @Test
    void unknownStackIsRefused() {
        TransportRun run = start();

        Refusal.of(run.send(run.get("nowhere"))).is(404, "not-found").says("Stack not found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodsAreRefused(String method) {
        TransportRun run = start();
        run.stage();

        Refusal refusal = Refusal.of(run.send(run.request(method, run.path("checkout"))));
        refusal.is(405, "method-not-allowed").hasHeader("Allow");
    }

    @Test
    void streamBeyondTheLimitIsRefusedUntilAnotherLeaves() {
        TransportRun run = start(PolledUpstream.SETTINGS, new TransportLimits(2, Patience.LIMIT));
        run.stage();
        StreamClient first = run.open();
        first.next("snapshot");
        run.open().next("snapshot");

        Refusal.of(run.send(run.get("checkout")))
                .is(503, "too-many-connections")
                .hasHeader("Retry-After");
        first.close();

        run.awaitStatus(run.get("checkout"), harness().openStatus());
    }
}
