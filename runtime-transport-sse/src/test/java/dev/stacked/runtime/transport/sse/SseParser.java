package dev.stacked.runtime.transport.sse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses an event stream exactly as the HTML standard says, section 9.2.6: lines end with CR, LF or both, an id with a
 * NUL is ignored, an event without data is ignored. Independent of this project's own encoding.
 */
final class SseParser {
    /**
     * A dispatched message.
     *
     * @param id the id set by this message itself; null if absent
     * @param event its type; {@code message} by default
     * @param data its data, lines joined by LF
     */
    record Message(@Nullable String id, String event, String data) {}

    private final InputStream in;
    private int peeked = -2;
    private @Nullable String retry;
    private boolean first = true;

    SseParser(InputStream in) {
        this.in = in;
    }

    /** The last reconnection time; null if the stream did not set one. */
    @Nullable
    String retry() {
        return retry;
    }

    /** Reads the next message; empty at the end of the stream, which discards an unfinished one. */
    Optional<Message> next() throws IOException {
        String id = null;
        String event = "";
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (data.length() > 0) {
                    data.setLength(data.length() - 1);
                    return Optional.of(new Message(id, event.isEmpty() ? "message" : event, data.toString()));
                }
                event = "";
                id = null;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "data" -> data.append(value).append('\n');
                case "event" -> event = value;
                case "id" -> id = value.indexOf('\0') < 0 ? value : id;
                case "retry" -> retry = value.matches("[0-9]+") ? value : retry;
                default -> {} // a comment or an unknown field
            }
        }
        return Optional.empty();
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = read();
        while (octet >= 0 && octet != '\n' && octet != '\r') {
            line.write(octet);
            octet = read();
        }
        if (octet < 0) {
            return null;
        }
        if (octet == '\r') {
            int after = read();
            peeked = after == '\n' ? -2 : after;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        boolean mark = first && text.startsWith("\ufeff");
        first = false;
        return mark ? text.substring(1) : text;
    }

    private int read() throws IOException {
        int octet = peeked == -2 ? in.read() : peeked;
        peeked = -2;
        return octet;
    }
}
