package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Encoded events conform to the JSON Schemas, whatever their content. */
final class EventSchemaTest {
    private static final String BASE = "https://stacked.dev/runtime/schema/";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(
                    ids -> ids.mapPrefix(BASE, "classpath:dev/stacked/runtime/core/schema/")));
    private static final EventEncoder ENCODER =
            new EventEncoder("error", () -> 0, new PollerMeters(new SimpleMeterRegistry()));

    @SeededTest(tries = 500)
    void everyEventKeepsItsSchema(Random random) {
        EncodedEvent encoded = ENCODER.encode(Any.stackId(random), event(random), null);

        assertEquals(List.of(), schema(encoded.name()).validate(encoded.data(), InputFormat.JSON));
        assertFalse(encoded.data().chars().anyMatch(c -> c < ' '), "One line without control characters.");
    }

    private static StreamEvent event(Random random) {
        Instant at = Any.instant(random);
        return switch (random.nextInt(5)) {
            case 0 -> new StreamEvent.Snapshot(state(random), at);
            case 1 -> new StreamEvent.StageChanged(Any.stageId(random), Any.runtime(random), at);
            case 2 -> new StreamEvent.ReviewReady(Any.stageId(random), Any.text(random), at);
            case 3 ->
                new StreamEvent.Heartbeat(
                        at,
                        Draw.of(random, List.of(UpstreamHealth.values())),
                        Draw.absentOr(random, Any::instant),
                        Draw.absentOr(random, Any::instant));
            default ->
                new StreamEvent.Failure(
                        Draw.of(random, List.of(ErrorCode.values())),
                        Any.text(random),
                        Draw.absentOr(random, Any::stageId));
        };
    }

    private static StackRuntime state(Random random) {
        Set<StageId> seen = new HashSet<>();
        List<StageState> stages = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            StageId id = Any.stageId(random);
            if (seen.add(id)) {
                stages.add(
                        new StageState(id, Any.text(random), Any.status(random), Draw.absentOr(random, Any::runtime)));
            }
        }
        return new StackRuntime(stages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "stage-runtime", "review-ready", "heartbeat", "error", "runtime"})
    void schemasAreSchemas(String name) {
        Schema meta = SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertEquals(List.of(), meta.validate(schema(name).getSchemaNode()));
        assertEquals(
                BASE + name + ".schema.json",
                schema(name).getSchemaNode().get("$id").stringValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "snapshot      | {'stackId':'a','runtimeByStageId':{},'stages':[],'observedAt':'2026-01-01T00:00:00Z'}",
                "snapshot      | {'stackId':'a','runtimeByStageId':{},'stages':[]}",
                "snapshot      | {'stackId':'','runtimeByStageId':{},'stages':[],'observedAt':'2026-01-01T00:00:00.000Z'}",
                "snapshot      | {'stackId':'a','runtimeByStageId':{'s':{}},'stages':[],'observedAt':'2026-01-01T00:00:00.000Z'}",
                "snapshot      | {'stackId':'a','runtimeByStageId':{},'stages':[{'id':'a'}],'observedAt':'2026-01-01T00:00:00.000Z'}",
                "stage-runtime | {'stackId':'a','stageId':'a','runtime':{},'observedAt':'2026-01-01T00:00:00.000Z'}",
                "review-ready  | {'stackId':'a','stageId':'a','stageTitle':null,'observedAt':'2026-01-01T00:00:00.000Z'}",
                "heartbeat     | {'now':'2026-01-01T00:00:00.000Z','upstream':'ok'}",
                "heartbeat     | {'stackId':'a','now':'2026-01-01T00:00:00.000Z','upstream':'fine'}",
                "heartbeat     | {'stackId':'a','now':'2026-01-01T00:00:00.000Z','upstream':'ok','observedAt':null}",
                "error         | {'stackId':'a','code':'oops','message':'','retryable':true}",
                "error         | {'stackId':'a','code':'reconcile-failed','message':'','retryable':true,'more':1}",
                "runtime       | {'stageStatus':' ','runtimeState':'idle','todoCompleted':0,'todoTotal':0}",
                "runtime       | {'stageStatus':'a','runtimeState':'idle','todoCompleted':-1,'todoTotal':0}",
                "runtime       | {'stageStatus':'a','runtimeState':'b','todoCompleted':0,'todoTotal':0,'pullRequest':null}"
            })
    void whatBreaksTheContractBreaksItsSchema(String name, String json) {
        assertFalse(
                schema(name).validate(json.replace('\'', '"'), InputFormat.JSON).isEmpty());
    }

    @Test
    void schemaOfARuntimeAsksForWhatAStageRuntimeAsksFor() {
        ObjectNode valid = Any.runtime("review", 1).toJson();
        for (String field : List.copyOf(valid.propertyNames())) {
            ObjectNode json = valid.deepCopy();
            json.remove(field);
            assertFalse(schema("runtime").validate(json).isEmpty(), field);
        }
    }

    private static Schema schema(String name) {
        return SCHEMAS.getSchema(SchemaLocation.of(BASE + name + ".schema.json"));
    }
}
