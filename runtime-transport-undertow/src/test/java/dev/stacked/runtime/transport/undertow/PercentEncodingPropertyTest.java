package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

final class PercentEncodingPropertyTest {
    /** The digits and signs of percent-encoding, and characters that look like digits to Java only. */
    private static final String NEARLY_ENCODED = "%%%%0123456789abcdefABCDEFgG+-/ \u0661\uff11";

    @SeededTest
    void decodingUndoesEncoding(Random random) {
        String text = Draw.unicodeText(random, 255);

        assertEquals(text, PercentEncoding.decode(encodeAll(text)));
        assertEquals(text, PercentEncoding.decode(encodeAsBrowsersDo(text)));
    }

    private static String encodeAll(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02x".formatted(octet));
        }
        return encoded.toString();
    }

    private static String encodeAsBrowsersDo(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @SeededTest
    void anyTextIsEitherDecodedOrRefusedInWords(Random random) {
        decodedOrRefused(Draw.text(random, 255));
    }

    @SeededTest
    void textThatIsNearlyEncodedIsEitherDecodedOrRefusedInWords(Random random) {
        decodedOrRefused(Draw.textOf(random, NEARLY_ENCODED, 0, 8));
    }

    private static void decodedOrRefused(String text) {
        try {
            String decoded = PercentEncoding.decode(text);
            assertEquals(decoded, new String(decoded.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertEquals("Stack id ", String.valueOf(e.getMessage()).substring(0, 9));
        }
    }
}
