package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T09:38:34Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "7 | 7",
                " 007 | 7",
                "86401 | 86400",
                "99999999999999999999 | 86400",
                "Sun, 22 Nov 2026 09:38:41 GMT | 7",
                "Sun, 22 Nov 2026 09:38:27 GMT | 0",
                "Sun, 22 Nov 2099 09:38:34 GMT | 86400",
                "-7 | 0",
                "7.5 | 0",
                "soon | 0",
                "'' | 0"
            })
    void asksForAPauseOf(String header, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), RetryAfter.of(List.of(header), CLOCK));
    }

    @Test
    void nothingWithoutAHeader() {
        assertEquals(Duration.ZERO, RetryAfter.of(List.of(), CLOCK));
    }
}
