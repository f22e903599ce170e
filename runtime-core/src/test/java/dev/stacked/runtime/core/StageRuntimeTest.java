package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class StageRuntimeTest {
    private static final String VALID =
            "{'stageStatus':'review','runtimeState':'idle','todoCompleted':1,'todoTotal':2}";
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @SeededTest
    void keyOrderDoesNotCount(Random random) {
        StageRuntime runtime = Any.runtime(random);
        List<Map.Entry<String, JsonNode>> fields =
                new ArrayList<>(runtime.toJson().properties());
        Collections.shuffle(fields, random);
        ObjectNode shuffled = runtime.toJson().removeAll();
        fields.forEach(field -> shuffled.set(field.getKey(), field.getValue()));

        assertEquals(runtime, StageRuntime.of(shuffled));
        assertEquals(runtime.hashCode(), StageRuntime.of(shuffled).hashCode());
    }

    @SeededTest
    void everyFieldCounts(Random random) {
        StageRuntime runtime = Any.runtime(random);
        ObjectNode more = runtime.toJson().put("one more", 1);

        assertNotEquals(runtime, StageRuntime.of(more));
        assertNotEquals(StageRuntime.of(more), runtime);
    }

    @SeededTest
    void whatIsReadIsWhatWasWritten(Random random) {
        StageRuntime runtime = Any.runtime(random);
        ObjectNode read = (ObjectNode) EXACT.readTree(runtime.toString());

        assertEquals(runtime, StageRuntime.of(read));
    }

    @ParameterizedTest
    @CsvSource({"1,1.0", "1,1.00", "100,1e2", "0.1,0.10", "-0.0,0", "12345678901234567890,12345678901234567890.0"})
    void theWayANumberIsWrittenDoesNotCount(String left, String right) {
        StageRuntime one = of(VALID.replace("}", ",'n':[{'deep':" + left + "}]}"));
        StageRuntime other = of(VALID.replace("}", ",'n':[{'deep':" + right + "}]}"));

        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 2",
                "1 | \"1\"",
                "1 | true",
                "null | 0",
                "[] | {}",
                "[1] | [1,1]",
                "[1,2] | [2,1]",
                "\"a\" | \"A\"",
                "9007199254740993 | 9007199254740992",
                "0.1 | 0.10000000000000000001"
            })
    void anyDifferenceInValueCounts(String left, String right) {
        StageRuntime one = of(VALID.replace("}", ",'n':" + left + "}"));
        StageRuntime other = of(VALID.replace("}", ",'n':" + right + "}"));

        assertNotEquals(one, other);
        assertNotEquals(other, one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stageStatus   | absent | a non-blank string    | absent",
                "stageStatus   | 5      | a non-blank string    | 5",
                "stageStatus   | \" \"  | a non-blank string    | \" \"",
                "stageStatus   | null   | a non-blank string    | null",
                "runtimeState  | absent | a non-blank string    | absent",
                "runtimeState  | {}     | a non-blank string    | {}",
                "todoCompleted | absent | a whole number from 0 | absent",
                "todoCompleted | -1     | a whole number from 0 | -1",
                "todoCompleted | 1.5    | a whole number from 0 | 1.5",
                "todoTotal     | \"3\"  | a whole number from 0 | \"3\"",
                "todoTotal     | null   | a whole number from 0 | null",
                "approvedCommitSha | 7  | a string              | 7",
                "pullRequest   | []     | an object             | []",
                "pullRequest   | \"x\"  | an object             | \"x\"",
            })
    void brokenRuleIsNamedWithItsFieldAndWhatWasFound(String field, String value, String rule, String found) {
        ObjectNode json = (ObjectNode) Any.parse(VALID);
        json.remove(field);
        if (!value.equals("absent")) {
            json.set(field, EXACT.readTree(value));
        }

        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> StageRuntime.of(json));

        assertEquals(
                "'" + field + "' of a stage runtime must be " + rule + "; it is " + found + ".", thrown.getMessage());
    }

    @Test
    void longValueIsAbbreviatedInTheMessage() {
        ObjectNode json = (ObjectNode) Any.parse(VALID);
        json.putArray("stageStatus").add("x".repeat(10_000));

        String message = assertThrows(IllegalArgumentException.class, () -> StageRuntime.of(json))
                .getMessage();
        assertTrue(message.length() < 200, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approvedCommitSha", "pullRequest"})
    void nullInAnOptionalFieldMeansAbsent(String field) {
        ObjectNode json = (ObjectNode) Any.parse(VALID);
        json.putNull(field);

        assertEquals(of(VALID), StageRuntime.of(json));
        assertFalse(StageRuntime.of(json).toJson().has(field));
    }

    @Test
    void nullInAFieldThatWeDoNotKnowStays() {
        assertTrue(of(VALID.replace("}", ",'x':null}")).toJson().get("x").isNull());
    }

    @Test
    void numbersPassWithEveryDigit() {
        String text = "{'a':123456789012345678901234567890,'b':0.1234567890123456789012345,'c':1e400}";
        StageRuntime runtime = of(VALID.replace("}", ",'n':" + text + "}"));

        JsonNode written = EXACT.readTree(runtime.toString()).get("n");
        assertEquals("123456789012345678901234567890", written.get("a").asString());
        assertEquals(
                "0.1234567890123456789012345", written.get("b").decimalValue().toPlainString());
        assertEquals("1E+400", written.get("c").decimalValue().toString());
    }

    @Test
    void hugeNumbersAreComparedWithoutBeingWrittenOut() {
        StageRuntime huge = of(VALID.replace("}", ",'n':1e99999999}"));

        assertNotEquals(huge, of(VALID.replace("}", ",'n':1}")));
        assertEquals(huge, of(VALID.replace("}", ",'n':1e99999999}")));
    }

    @Test
    void whatCouldNotBeWrittenIsRefusedAtOnce() {
        for (double number : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
            ObjectNode json = (ObjectNode) Any.parse(VALID);
            json.putArray("n").add(number);
            assertThrows(IllegalArgumentException.class, () -> StageRuntime.of(json));
        }
        assertThrows(IllegalArgumentException.class, () -> StageRuntime.of(nested(101)));
        assertThrows(IllegalArgumentException.class, () -> StageRuntime.of(nested(100_000)));
        assertEquals(StageRuntime.of(nested(100)), StageRuntime.of(nested(100)));
    }

    private static ObjectNode nested(int depth) {
        ObjectNode json = (ObjectNode) Any.parse(VALID);
        ObjectNode innermost = json;
        for (int level = 1; level < depth; level++) {
            innermost = innermost.putObject("n");
        }
        return json;
    }

    @Test
    void laterChangesOfTheJsonAreNotSeen() {
        ObjectNode given = (ObjectNode) Any.parse(VALID);
        StageRuntime runtime = StageRuntime.of(given);
        given.put("todoTotal", 99);
        runtime.toJson().put("todoTotal", 99);

        assertEquals(of(VALID), runtime);
    }

    @Test
    void storedRuntimeHasNoSessionAndNoTodos() {
        assertEquals(
                of("{'stageStatus':'done','runtimeState':'missing','todoCompleted':0,'todoTotal':0}"),
                StageRuntime.stored(StageStatus.DONE, null, null));
        assertEquals(
                of("{'stageStatus':'done','runtimeState':'missing','todoCompleted':0,'todoTotal':0,"
                        + "'approvedCommitSha':'abc','pullRequest':{'number':1}}"),
                StageRuntime.stored(StageStatus.DONE, "abc", Any.parse("{'number':1}")));
        assertThrows(
                IllegalArgumentException.class, () -> StageRuntime.stored(StageStatus.DONE, null, Any.parse("[]")));
    }

    @SeededTest(tries = 100)
    void statusIsThatOfTheJson(Random random) {
        StageStatus status = Any.status(random);
        assertEquals(status, StageRuntime.stored(status, null, null).status());
    }

    private static StageRuntime of(String text) {
        return StageRuntime.of((ObjectNode) EXACT.readTree(text.replace('\'', '"')));
    }
}
