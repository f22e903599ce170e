package dev.stacked.runtime.reconcile.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Reads the header {@code Retry-After}: seconds or an HTTP date. */
final class RetryAfter {
    private static final Duration MAX_DELAY = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * The delay from now on.
     *
     * @param values of the header {@code Retry-After}; the first counts
     * @return at most a day; zero if the header is absent or malformed
     */
    static Duration of(List<String> values, Clock clock) {
        return values.isEmpty() ? Duration.ZERO : parse(values.get(0).strip(), clock.instant());
    }

    private static Duration parse(String value, Instant now) {
        try {
            Duration pause = value.matches("[0-9]+") ? seconds(value) : until(value, now);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration seconds(String digits) {
        return digits.length() > 5 ? MAX_DELAY : min(Duration.ofSeconds(Long.parseLong(digits)), MAX_DELAY);
    }

    private static Duration until(String date, Instant now) {
        return min(Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))), MAX_DELAY);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
