package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.core.StreamEnd;

/** Close codes of the server (RFC 6455, section 7.4; 4000 and above are private to applications). */
enum CloseCode {
    NORMAL(1000, ""),
    GOING_AWAY(1001, "The server is shutting down."),
    PROTOCOL_ERROR(1002, "Not a valid WebSocket frame."),
    UNACCEPTABLE_DATA(1003, "Binary messages are not accepted."),
    INVALID_TEXT(1007, "Not valid UTF-8."),
    NOT_ALLOWED(1008, "Not allowed any more."),
    MESSAGE_TOO_BIG(1009, "Messages may have 4096 bytes at most."),
    INTERNAL_ERROR(1011, "The server failed."),
    STACK_GONE(4404, "Stack not found.");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    static CloseCode of(StreamEnd end) {
        return switch (end) {
            case DRAINING -> GOING_AWAY;
            case STACK_GONE -> STACK_GONE;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case INTERNAL -> INTERNAL_ERROR;
        };
    }
}
