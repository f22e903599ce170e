package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value in an answer with its path, so that failures can name it. Reading it as a type that it does not have fails
 * with {@link ErrorCode#INVALID_UPSTREAM_RESPONSE}.
 *
 * @param path such as {@code data.stack.stages[2].id}; empty for the root
 */
record JsonField(String path, JsonNode value) {
    /** The field of this object; absent if the object does not have it. */
    JsonField get(String name) {
        JsonNode field = object().get(name);
        return new JsonField(
                path.isEmpty() ? name : path + "." + name, field == null ? MissingNode.getInstance() : field);
    }

    ObjectNode object() {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw mustBe("an object");
    }

    List<JsonField> elements() {
        if (!value.isArray()) {
            throw mustBe("an array");
        }
        return IntStream.range(0, value.size())
                .mapToObj(index -> new JsonField(path + "[" + index + "]", value.get(index)))
                .toList();
    }

    String text() {
        if (!value.isString()) {
            throw mustBe("a string");
        }
        return value.stringValue();
    }

    /** This field; empty if it is absent or {@code null}. */
    Optional<JsonField> ifPresent() {
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(this);
    }

    private ReconcileException mustBe(String rule) {
        String found =
                value.isMissingNode() ? "absent" : value.getNodeType().name().toLowerCase(Locale.ROOT);
        return invalid("'" + (path.isEmpty() ? "body" : path) + "' must be " + rule + "; it is " + found + ".");
    }

    /** The failure of a value that breaks a rule. The rule is its cause, since its message may quote the value. */
    ReconcileException invalid(IllegalArgumentException brokenRule) {
        return invalid("'" + path + "' breaks the contract.", brokenRule);
    }

    /** The failure of an answer that breaks the contract. */
    static ReconcileException invalid(String problem) {
        return invalid(problem, null);
    }

    private static ReconcileException invalid(String problem, @Nullable Exception cause) {
        return new ReconcileException(
                ErrorCode.INVALID_UPSTREAM_RESPONSE,
                SanitizedText.of("The upstream's answer is invalid: " + problem),
                Duration.ZERO,
                cause);
    }
}
