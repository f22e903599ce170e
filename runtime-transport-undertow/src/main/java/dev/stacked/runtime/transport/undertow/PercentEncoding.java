package dev.stacked.runtime.transport.undertow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of one path segment, strictly: what is not valid is refused, not guessed. */
final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Decodes once.
     *
     * @throws IllegalArgumentException if an escape is incomplete or the result is not UTF-8
     */
    static String decode(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.write(escaped(segment, i));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("Stack id is not valid UTF-8.", e);
        }
    }

    private static int escaped(String segment, int at) {
        int high = at + 2 < segment.length() ? Character.digit(segment.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(segment.charAt(at + 2), 16);
        if (low < 0) {
            throw new IllegalArgumentException("Stack id holds an incomplete percent escape.");
        }
        return high << 4 | low;
    }
}
