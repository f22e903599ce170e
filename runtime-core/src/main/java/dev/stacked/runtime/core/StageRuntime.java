package dev.stacked.runtime.core;

import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The runtime of one stage: a JSON object. The fields that this system reads are checked; all others pass through
 * unchanged and count as content.
 *
 * <p>Two runtimes are equal when their JSON is equal as a value: the order of keys does not count, and neither does
 * the way a number is written ({@code 1} and {@code 1.0}). Immutable and safe to share between threads.
 */
public final class StageRuntime {
    private static final int MAX_DEPTH = 100;
    private static final String STATUS = "stageStatus";
    private static final String STATE = "runtimeState";
    private static final String TODO_COMPLETED = "todoCompleted";
    private static final String TODO_TOTAL = "todoTotal";
    private static final String APPROVED_COMMIT = "approvedCommitSha";
    private static final String PULL_REQUEST = "pullRequest";

    /** Zero for numbers of equal value; any other difference is left to {@link JsonNode#equals(Object)}. */
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left.isNumber() && right.isNumber()) {
            return decimal(left).compareTo(decimal(right));
        }
        return left.equals(right) ? 0 : 1;
    };

    private final ObjectNode json;
    private final StageStatus status;

    private StageRuntime(ObjectNode json) {
        this.json = json;
        this.status = new StageStatus(json.get(STATUS).stringValue());
    }

    /**
     * Reads a runtime as a reconcile answers it.
     *
     * <p>Required: {@code stageStatus} and {@code runtimeState} (non-blank strings), {@code todoCompleted} and
     * {@code todoTotal} (whole numbers from 0). Optional: {@code approvedCommitSha} (string), {@code pullRequest}
     * (object); {@code null} in these two means absent. Whatever else there is must be JSON: finite numbers, nested at
     * most 100 deep.
     *
     * @param json copied, so that later changes to it are not seen
     * @throws IllegalArgumentException naming the first field that breaks its rule
     */
    public static StageRuntime of(ObjectNode json) {
        requireWritable(json, 1);
        ObjectNode copy = json.deepCopy();
        requireText(copy, STATUS);
        requireText(copy, STATE);
        requireCount(copy, TODO_COMPLETED);
        requireCount(copy, TODO_TOTAL);
        dropNull(copy, APPROVED_COMMIT);
        dropNull(copy, PULL_REQUEST);
        if (copy.has(APPROVED_COMMIT) && !copy.get(APPROVED_COMMIT).isString()) {
            throw invalid(copy, APPROVED_COMMIT, "a string");
        }
        if (copy.has(PULL_REQUEST) && !copy.get(PULL_REQUEST).isObject()) {
            throw invalid(copy, PULL_REQUEST, "an object");
        }
        return new StageRuntime(copy);
    }

    /**
     * The runtime of a stage that is known from the stack document alone: no session ({@code runtimeState} is {@code
     * missing}), no todos, and its stored approval and pull request.
     *
     * @throws IllegalArgumentException if {@code pullRequest} is not a JSON object
     */
    public static StageRuntime stored(
            StageStatus status, @Nullable String approvedCommitSha, @Nullable JsonNode pullRequest) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(STATUS, status.value())
                .put(STATE, "missing")
                .put(TODO_COMPLETED, 0)
                .put(TODO_TOTAL, 0);
        if (approvedCommitSha != null) {
            json.put(APPROVED_COMMIT, approvedCommitSha);
        }
        if (pullRequest != null) {
            json.set(PULL_REQUEST, pullRequest);
        }
        return of(json);
    }

    /** How far the stage has come. */
    public StageStatus status() {
        return status;
    }

    /** A copy of the whole JSON object. */
    public ObjectNode toJson() {
        return json.deepCopy();
    }

    /** The whole JSON object, shared: it must not be changed. */
    ObjectNode json() {
        return json;
    }

    /** Refuses now what could not be written later, when it would be everyone's trouble. */
    private static void requireWritable(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("A stage runtime must be nested at most " + MAX_DEPTH + " deep.");
        }
        if (node instanceof NumericNode number && number.isNaN()) {
            throw new IllegalArgumentException("Numbers of a stage runtime must be finite; one is " + number + ".");
        }
        node.forEach(child -> requireWritable(child, child.isContainer() ? depth + 1 : depth));
    }

    private static void dropNull(ObjectNode json, String field) {
        JsonNode value = json.get(field);
        if (value != null && value.isNull()) {
            json.remove(field);
        }
    }

    private static void requireText(ObjectNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isString() || value.stringValue().isBlank()) {
            throw invalid(json, field, "a non-blank string");
        }
    }

    private static void requireCount(ObjectNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isIntegralNumber() || decimal(value).signum() < 0) {
            throw invalid(json, field, "a whole number from 0");
        }
    }

    private static IllegalArgumentException invalid(ObjectNode json, String field, String rule) {
        JsonNode value = json.get(field);
        String found = value == null ? "absent" : abbreviated(value.toString());
        return new IllegalArgumentException(
                "'" + field + "' of a stage runtime must be " + rule + "; it is " + found + ".");
    }

    private static String abbreviated(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.decimalValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StageRuntime that && json.equals(BY_VALUE, that.json);
    }

    /** By status and number of fields: cheap, and equal for equal values however their numbers are written. */
    @Override
    public int hashCode() {
        return 31 * status.hashCode() + json.size();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
