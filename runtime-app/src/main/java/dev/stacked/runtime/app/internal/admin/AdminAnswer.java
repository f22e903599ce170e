package dev.stacked.runtime.app.internal.admin;

import io.undertow.util.StatusCodes;
import tools.jackson.databind.JsonNode;

/**
 * The response of a page.
 *
 * @param status the HTTP status
 * @param contentType with a charset for text
 * @param body the text, sent as UTF-8
 */
record AdminAnswer(int status, String contentType, String body) {
    static AdminAnswer json(int status, JsonNode body) {
        return new AdminAnswer(status, "application/json", body + "\n");
    }

    static AdminAnswer ok(String contentType, String body) {
        return new AdminAnswer(StatusCodes.OK, contentType, body);
    }
}
