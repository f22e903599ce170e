package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What is encoded is what the JSON Schemas say, however odd the content. */
final class EventSchemaTest {
    private static final String BASE = "https://stacked.dev/runtime/schema/";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(
                    ids -> ids.mapPrefix(BASE, "classpath:dev/stacked/runtime/core/schema/")));
    private static final EventEncoder ENCODER =
            new EventEncoder("error", () -> 0, new PollerMeters(new SimpleMeterRegistry()));

    @Property(tries = 500)
    void everyEventKeepsItsSchema(@ForAll("stacks") StackId stack, @ForAll("events") StreamEvent event) {
        EncodedEvent encoded = ENCODER.encode(stack, event, null);

        assertEquals(List.of(), schema(encoded.name()).validate(encoded.data(), InputFormat.JSON));
        assertFalse(encoded.data().chars().anyMatch(c -> c < ' '), "One line without control characters.");
    }

    @Provide
    Arbitrary<StackId> stacks() {
        return Any.stackId();
    }

    @Provide
    Arbitrary<StreamEvent> events() {
        Arbitrary<Instant> at = Any.instant();
        return Arbitraries.oneOf(
                Combinators.combine(states(), at).as(StreamEvent.Snapshot::new),
                Combinators.combine(Any.stageId(), Any.runtime(), at).as(StreamEvent.StageChanged::new),
                Combinators.combine(Any.stageId(), Any.text(), at).as(StreamEvent.ReviewReady::new),
                Combinators.combine(at, Arbitraries.of(UpstreamHealth.class), at.injectNull(0.3))
                        .as(StreamEvent.Heartbeat::new),
                Combinators.combine(
                                Arbitraries.of(ErrorCode.class),
                                Any.text(),
                                Any.stageId().injectNull(0.3))
                        .as(StreamEvent.Failure::new));
    }

    private static Arbitrary<StackRuntime> states() {
        return Combinators.combine(
                        Any.stageId(), Any.text(), Any.status(), Any.runtime().injectNull(0.3))
                .as(StageState::new)
                .list()
                .ofMaxSize(4)
                .map(EventSchemaTest::eachIdOnce)
                .map(StackRuntime::new);
    }

    private static List<StageState> eachIdOnce(List<StageState> stages) {
        Set<StageId> seen = new HashSet<>();
        List<StageState> unique = new ArrayList<>(stages);
        unique.removeIf(stage -> !seen.add(stage.id()));
        return unique;
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
