package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageRuntime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class UpstreamReaderTest {
    private final UpstreamReader reader = new UpstreamReader();

    @Test
    void readsTheRecordedStack() {
        List<Stage> stages = reader.readStack(Recorded.load("stack-ok").body()).stages();

        assertEquals(
                List.of(
                        "stage-1 done",
                        "stage-2 approved",
                        "stage-3 review",
                        "stage-4 in-progress",
                        "stage-5 not-started"),
                stages.stream().map(stage -> stage.id() + " " + stage.status()).toList());
        assertEquals("Stage 1", stages.get(0).title());
        ObjectNode approved = stages.get(1).stored().toJson();
        assertEquals(
                "8234fe51e70bceddf070a10612440f0bae14b657",
                approved.get("approvedCommitSha").stringValue());
        assertEquals(2, approved.get("pullRequest").get("number").intValue());
        assertEquals("missing", approved.get("runtimeState").stringValue());
    }

    @Test
    void readsTheRecordedOddIds() {
        Stage stage =
                reader.readStack(Recorded.load("stack-odd-id").body()).stages().get(0);

        assertEquals("ui/α 1?#%", stage.id().value());
        assertEquals("Odd \"quotes\" \\ back\nslash 🚀", stage.title());
    }

    @Test
    void readsTheRecordedStackWithoutStages() {
        assertEquals(
                List.of(),
                reader.readStack(Recorded.load("stack-no-stages").body()).stages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reconcile-odd",
                "reconcile-plain-p2",
                "reconcile-stack-stage-2",
                "reconcile-stack-stage-3",
                "reconcile-stack-stage-4"
            })
    void aRecordedRuntimePassesThroughUnchanged(String name) {
        String json = new String(Recorded.load(name).body(), StandardCharsets.UTF_8);

        assertEquals(json, "{\"data\":" + reader.readRuntime(bytes(json)) + "}");
    }

    @Test
    void numbersKeepTheirValue() {
        ObjectNode runtime = reader.readRuntime(runtimeWith("""
                        "big":123456789012345678901234567890,"exact":0.1000000000000000055511151231257827,
                        "huge":1e400,"zeroes":1.500""")).toJson();

        assertEquals(
                new BigInteger("123456789012345678901234567890"),
                runtime.get("big").bigIntegerValue());
        assertEquals(
                new BigDecimal("0.1000000000000000055511151231257827"),
                runtime.get("exact").decimalValue());
        assertEquals(new BigDecimal("1E+400"), runtime.get("huge").decimalValue());
        assertEquals("1.500", runtime.get("zeroes").toString());
    }

    @Test
    void unknownFieldsPassThrough() {
        StageRuntime runtime = reader.readRuntime(runtimeWith("\"future\":{\"a\":[1,null,\"x\"]}"));

        assertEquals("{\"a\":[1,null,\"x\"]}", runtime.toJson().get("future").toString());
    }

    @Test
    void nullIsAbsentInOptionalFields() {
        Stage stage = reader.readStack(stackOf("""
                        {"id":"a","title":"A","status":"done","approvedCommitSha":null,"pullRequest":null}""")).stages().get(0);

        assertEquals("""
                {"stageStatus":"done","runtimeState":"missing","todoCompleted":0,"todoTotal":0}""", stage.stored().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | 'body' must be an object; it is array.",
                "{} | 'data' must be an object; it is absent.",
                "{`data`:null} | 'data' must be an object; it is null.",
                "{`data`:{}} | 'data.stack' must be an object; it is absent.",
                "{`data`:{`stack`:[]}} | 'data.stack' must be an object; it is array.",
                "{`data`:{`stack`:{}}} | 'data.stack.stages' must be an array; it is absent.",
                "{`data`:{`stack`:{`stages`:{}}}} | 'data.stack.stages' must be an array; it is object.",
                "{`data`:{`stack`:{`stages`:[7]}}} | 'data.stack.stages[0]' must be an object; it is number."
            })
    void aBodyWithoutAStackIsRefused(String json, String problem) {
        assertInvalid(problem, () -> reader.readStack(bytes(json.replace('`', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'title':'A','status':'done' | 'data.stack.stages[0].id' must be a string; it is absent.",
                "'id':7,'title':'A','status':'done' | 'data.stack.stages[0].id' must be a string; it is number.",
                "'id':' ','title':'A','status':'done' | 'data.stack.stages[0].id': Stage id is required.",
                "'id':'a','status':'done' | 'data.stack.stages[0].title' must be a string; it is absent.",
                "'id':'a','title':'A' | 'data.stack.stages[0].status' must be a string; it is absent.",
                "'id':'a','title':'A','status':null | 'data.stack.stages[0].status' must be a string; it is null.",
                "'id':'a','title':'A','status':' ' | 'data.stack.stages[0].status': Stage status is required.",
                "'id':'a','title':'A','status':'done','approvedCommitSha':7"
                        + " | 'data.stack.stages[0].approvedCommitSha' must be a string; it is number.",
                "'id':'a','title':'A','status':'done','pullRequest':'x'"
                        + " | 'data.stack.stages[0].pullRequest' must be an object; it is string."
            },
            quoteCharacter = '`')
    void aStageThatBreaksARuleIsRefused(String fields, String problem) {
        assertInvalid(problem, () -> reader.readStack(stackOf("{" + fields.replace('\'', '"') + "}")));
    }

    @Test
    void aStageIdThatOccursTwiceIsRefused() {
        String stage = "{\"id\":\"a\",\"title\":\"A\",\"status\":\"done\"}";

        assertInvalid(
                "'data.stack.stages': Stage id 'a' occurs twice in the stack.",
                () -> reader.readStack(stackOf(stage + "," + stage)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{}}",
                "{\"data\":[]}",
                "{\"data\":{\"stageStatus\":7,\"runtimeState\":\"idle\",\"todoCompleted\":0,\"todoTotal\":0}}",
                "{\"data\":{\"stageStatus\":\"done\",\"runtimeState\":\"idle\",\"todoCompleted\":-1,\"todoTotal\":0}}",
                "{\"data\":{\"stageStatus\":\"done\",\"runtimeState\":\"idle\",\"todoCompleted\":0,\"todoTotal\":1e9999}}"
            })
    void aRuntimeThatBreaksARuleIsRefused(String json) {
        assertInvalid("'data'", () -> reader.readRuntime(bytes(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>",
                "{",
                "{\"data\":{\"stack\":{\"stages\":[",
                "{\"data\":{\"stack\":{\"stages\":[]}}} x",
                "{'data':1}",
                "{\"data\":NaN}",
                "{\"data\":1e99999999999999}",
                "{\"data\":\"\u0001\"}"
            })
    void whatIsNotJsonIsRefused(String body) {
        assertInvalid("", () -> reader.readStack(bytes(body)));
        assertInvalid("", () -> reader.readRuntime(bytes(body)));
        assertEquals(Optional.empty(), reader.readError(bytes(body)));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] body = runtimeWith("\"x\":\"?\"");
        body[new String(body, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xC3;

        assertInvalid("it is not JSON.", () -> reader.readRuntime(body));
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflowTheStack() {
        assertInvalid(
                "it is nested too deeply, or holds a name or number that is too long.",
                () -> reader.readStack(bytes("[".repeat(500_000))));
        assertInvalid(
                "it is nested too deeply, or holds a name or number that is too long.",
                () -> reader.readRuntime(bytes("{\"data\":".repeat(100_000))));
        assertEquals(Optional.empty(), reader.readError(bytes("{\"error\":".repeat(100_000))));
    }

    @Test
    void aMessageIsShortAndOneLine() {
        String id = "x\\n".repeat(50_000);

        String message = assertInvalid(
                "", () -> reader.readStack(stackOf("{\"id\":\"" + id + "\",\"title\":\"A\",\"status\":\"done\"}")));

        assertTrue(message.length() <= SanitizedText.MAX_LENGTH, message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }

    @Test
    void readsAnError() {
        assertEquals(
                Optional.of(new UpstreamError("invalid-input", "spawn opencode ENOENT")),
                reader.readError(Recorded.load("outage-reconcile-stack-stage-4").body()));
        assertEquals(Optional.empty(), reader.readError(bytes("{\"error\":\"no\"}")));
        assertEquals(Optional.empty(), reader.readError(bytes("{\"error\":{\"code\":1,\"message\":\"x\"}}")));
    }

    private static String assertInvalid(String problem, Runnable reading) {
        ReconcileException failure = assertThrows(ReconcileException.class, reading::run);
        assertEquals(ErrorCode.INVALID_UPSTREAM_RESPONSE, failure.code());
        String detailed = detailed(failure);
        assertTrue(detailed.startsWith("The upstream's answer is invalid: " + problem), detailed);
        return failure.message();
    }

    /** The message with the broken rule, which is only the cause, as it may quote the answer. */
    private static String detailed(ReconcileException failure) {
        return failure.getCause() == null
                ? failure.message()
                : failure.message()
                        .replace(
                                " breaks the contract.",
                                ": " + failure.getCause().getMessage());
    }

    private static byte[] stackOf(String stages) {
        return bytes("{\"data\":{\"stack\":{\"stages\":[" + stages + "]}}}");
    }

    private static byte[] runtimeWith(String fields) {
        return bytes("{\"data\":{\"stageStatus\":\"review\",\"runtimeState\":\"idle\",\"todoCompleted\":0,"
                + "\"todoTotal\":0," + fields + "}}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
