package dev.stacked.runtime.transport.undertow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of one path segment. Invalid input is refused. */
final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Decodes once.
     *
     * @throws IllegalArgumentException if an escape is incomplete, something outside ASCII is not escaped, or the result
     *     is not UTF-8
     */
    static String decode(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.write(escaped(segment, i));
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                throw new IllegalArgumentException("Stack id holds characters that must be percent-encoded.");
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
        if (at + 2 >= segment.length()
                || !HexFormat.isHexDigit(segment.charAt(at + 1))
                || !HexFormat.isHexDigit(segment.charAt(at + 2))) {
            throw new IllegalArgumentException("Stack id holds an incomplete percent escape.");
        }
        return HexFormat.fromHexDigits(segment, at + 1, at + 3);
    }
}
