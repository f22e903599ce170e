package dev.stacked.runtime.demo;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer of an upstream.
 *
 * @param status HTTP status code
 * @param body JSON
 */
record Answer(int status, ObjectNode body) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A success. */
    static Answer data(ObjectNode data) {
        return new Answer(200, JSON.objectNode().set("data", data));
    }

    /** The requested stack or stage does not exist. */
    static Answer notFound(String message) {
        return error(404, "not-found", message);
    }

    /** An invalid request or a failed reconcile: the upstream does not distinguish them. */
    static Answer invalidInput(String message) {
        return error(400, "invalid-input", message);
    }

    /** A failure of the upstream itself. */
    static Answer internal(String message) {
        return error(500, "internal", message);
    }

    private static Answer error(int status, String code, String message) {
        ObjectNode error = JSON.objectNode().put("code", code).put("message", message);
        return new Answer(status, JSON.objectNode().set("error", error));
    }
}
