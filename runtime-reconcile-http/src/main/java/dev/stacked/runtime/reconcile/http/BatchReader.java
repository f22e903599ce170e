package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StageAnswer;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the answer to a batch of reconciles, in which each stage fails alone. Thread-safe. */
final class BatchReader {
    private final UpstreamReader reader;
    private final ErrorTexts texts;
    private final Redaction redaction;

    BatchReader(UpstreamReader reader, ErrorTexts texts, Redaction redaction) {
        this.reader = reader;
        this.texts = texts;
        this.redaction = redaction;
    }

    /**
     * The answers for these stages; stages that were not asked for are ignored.
     *
     * @return without the stages that the answer lacks
     * @throws ReconcileException with code {@code invalid-upstream-response} if it is no answer to a batch
     */
    Map<StageId, StageAnswer> read(byte[] body, List<StageId> stages) {
        JsonField data = reader.data(body);
        ObjectNode byStage = data.object();
        Map<StageId, StageAnswer> answers = new HashMap<>();
        for (StageId stage : stages) {
            JsonNode item = byStage.get(stage.value());
            if (item != null) {
                answers.put(stage, answer(new JsonField(data.path() + "." + stage.value(), item)));
            }
        }
        return Map.copyOf(answers);
    }

    private StageAnswer answer(JsonField item) {
        Optional<UpstreamError> error = UpstreamReader.error(item);
        if (error.isPresent()) {
            return new StageAnswer.Failed(failure(error.get()));
        }
        try {
            return new StageAnswer.Reconciled(runtime(item));
        } catch (ReconcileException e) {
            return new StageAnswer.Failed(e.withReason("invalid item of a batch"));
        }
    }

    private StageRuntime runtime(JsonField item) {
        try {
            return StageRuntime.of(item.object());
        } catch (IllegalArgumentException e) {
            String ours = "The upstream's answer is invalid: an item of a batch breaks the contract.";
            String detail = redaction.clean(String.valueOf(e.getMessage()));
            throw new ReconcileException(
                    ErrorCode.INVALID_UPSTREAM_RESPONSE, texts.choose(ours, ours + " " + detail), Duration.ZERO, e);
        }
    }

    private ReconcileException failure(UpstreamError error) {
        String detail = redaction.clean(error.summary());
        ErrorCode code = error.isStageNotFound() ? ErrorCode.STACK_NOT_FOUND : ErrorCode.RECONCILE_FAILED;
        return new ReconcileException(
                        code, texts.choose("The upstream answered an error.", "The upstream answered " + detail))
                .withReason("error in a batch");
    }
}
