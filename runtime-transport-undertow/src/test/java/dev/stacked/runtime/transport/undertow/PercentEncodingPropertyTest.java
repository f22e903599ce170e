package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class PercentEncodingPropertyTest {
    @Property
    void decodingUndoesEncoding(@ForAll String text) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(text));

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

    @Property
    void anyTextIsEitherDecodedOrRefusedInWords(@ForAll String text) {
        try {
            String decoded = PercentEncoding.decode(text);
            assertEquals(decoded, new String(decoded.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertEquals("Stack id ", String.valueOf(e.getMessage()).substring(0, 9));
        }
    }
}
