package dev.stacked.runtime.transport.sse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream by the letter of the HTML standard, section 9.2.6: lines end with CR, LF or both, an id with a
 * NUL is none, an event without data is none. It knows nothing of how this project writes one.
 */
final class SseParser {
    /**
     * What is dispatched.
     *
     * @param id the id that this very message set; null if it set none
     * @param event its type; {@code message} if it names none
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

    /** The last reconnection time that was set; null if none was. */
    @Nullable
    String retry() {
        return retry;
    }

    /** The next message; empty at the end of the stream, where an unfinished one does not count. */
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
                default -> {} // a comment, or a field that means nothing
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
