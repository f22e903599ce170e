package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=10 | 10",
                "private, Max-Age=10 , must-revalidate | 10",
                "private,max-age=\"7\" | 7",
                "max-age=0 | 0",
                "no-store | 0",
                "s-maxage=10 | 0",
                "x-max-age=10 | 0",
                "max-age=-1 | 0",
                "max-age=1.5 | 0",
                "max-age=99999999999 | 0",
                "max-age | 0",
                "'' | 0"
            })
    void readsTheAge(String header, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), CacheControl.maxAge(List.of(header)));
    }

    @Test
    void absentHeaderSaysNothing() {
        assertEquals(Optional.empty(), CacheControl.maxAge(List.of()));
    }

    @Test
    void ageMayBeInAnyOfSeveralHeaders() {
        assertEquals(
                Optional.of(Duration.ofSeconds(3)), CacheControl.maxAge(List.of("private", "max-age=3", "max-age=4")));
    }
}
