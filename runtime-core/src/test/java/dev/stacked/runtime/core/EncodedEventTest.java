package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedEventTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a:b", "1a", "-a", "é", "a\u0000", "a\r"})
    void nameThatCouldBreakAFrameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> EncodedEvent.of(null, name, "{}"));
    }

    @Test
    void nameIsOfLimitedLength() {
        assertEquals("a".repeat(64), EncodedEvent.of(null, "a".repeat(64), "{}").name());
        assertThrows(IllegalArgumentException.class, () -> EncodedEvent.of(null, "a".repeat(65), "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "\u001b", "\t"})
    void dataWithControlCharactersIsRefused(String data) {
        assertThrows(IllegalArgumentException.class, () -> EncodedEvent.of(null, "snapshot", data));
    }

    @Test
    void showsItselfWithItsIdItsNameAndItsData() {
        EncodedEvent event = EncodedEvent.of(new EventId("e", 1), "snapshot", "{\"a\":\"é🚀\"}");

        assertEquals("e-1 snapshot {\"a\":\"é🚀\"}", event.toString());
    }

    @Test
    void eachTransportsBytesAreMadeOnce() {
        EncodedEvent event = EncodedEvent.of(null, "snapshot", "{}");
        AtomicInteger made = new AtomicInteger();
        Function<EncodedEvent, byte[]> one = e -> new byte[made.incrementAndGet()];
        Function<EncodedEvent, String> other = e -> "other" + made.incrementAndGet();

        byte[] first = event.framed(one);
        assertEquals("other2", event.framed(other));

        assertSame(first, event.framed(one));
        assertEquals("other2", event.framed(other));
        assertEquals(2, made.get());
        assertNotSame(first, EncodedEvent.of(null, "snapshot", "{}").framed(one));
    }
}
