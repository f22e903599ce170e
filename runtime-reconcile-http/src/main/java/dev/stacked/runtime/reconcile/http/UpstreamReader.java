package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the upstream's JSON: strict in known fields, tolerant of unknown ones. Numbers keep their exact value, as unknown
 * fields of a runtime are passed on to clients. Thread-safe.
 */
final class UpstreamReader {
    /** Real answers are 7 deep. */
    private static final int MAX_DEPTH = 100;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Reads a successful answer of the stack route.
     *
     * @throws ReconcileException with code {@code invalid-upstream-response}, naming the field and the rule
     */
    StackDocument readStack(byte[] body) {
        JsonField stages = data(body).get("stack").get("stages");
        return read(
                stages,
                () -> new StackDocument(
                        stages.elements().stream().map(this::readStage).toList()));
    }

    /**
     * Reads a successful answer of the reconcile route.
     *
     * @throws ReconcileException with code {@code invalid-upstream-response}, naming the field and the rule
     */
    StageRuntime readRuntime(byte[] body) {
        JsonField data = data(body);
        return read(data, () -> StageRuntime.of(data.object()));
    }

    /** Reads the body of an error response; empty if it does not follow the contract. */
    Optional<UpstreamError> readError(byte[] body) {
        try {
            return error(parse(body));
        } catch (ReconcileException e) {
            return Optional.empty();
        }
    }

    /** The error in an object; empty if it has none that follows the contract. */
    static Optional<UpstreamError> error(JsonField object) {
        try {
            JsonField error = object.get("error");
            return Optional.of(new UpstreamError(
                    error.get("code").text(), error.get("message").text()));
        } catch (ReconcileException e) {
            return Optional.empty();
        }
    }

    /** The body of a request for several stages. */
    byte[] writeStageIds(List<StageId> stages) {
        ObjectNode request = mapper.createObjectNode();
        ArrayNode ids = request.putArray("stageIds");
        stages.forEach(stage -> ids.add(stage.value()));
        return mapper.writeValueAsBytes(request);
    }

    private Stage readStage(JsonField stage) {
        JsonField id = stage.get("id");
        JsonField status = stage.get("status");
        StageId stageId = read(id, () -> new StageId(id.text()));
        StageStatus stageStatus = read(status, () -> new StageStatus(status.text()));
        String title = stage.get("title").text();
        String commit =
                stage.get("approvedCommitSha").ifPresent().map(JsonField::text).orElse(null);
        JsonNode pullRequest =
                stage.get("pullRequest").ifPresent().map(JsonField::object).orElse(null);
        return new Stage(stageId, title, read(stage, () -> StageRuntime.stored(stageStatus, commit, pullRequest)));
    }

    /** The value of a successful answer. */
    JsonField data(byte[] body) {
        return parse(body).get("data");
    }

    private JsonField parse(byte[] body) {
        try {
            return new JsonField("", mapper.readTree(body));
        } catch (StreamConstraintsException e) {
            throw JsonField.invalid("it is nested too deeply, or holds a name or number that is too long.");
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            throw JsonField.invalid("it is not JSON.");
        }
    }

    private static <T> T read(JsonField field, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw field.invalid(e);
        }
    }
}
