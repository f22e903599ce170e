package dev.stacked.runtime.app.options;

import java.util.Locale;

/** The transports that can be served. */
public enum TransportName {
    /** Server-Sent Events. */
    SSE,
    /** WebSocket. */
    WEBSOCKET;

    /** The name as it is written in options, such as {@code sse}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
