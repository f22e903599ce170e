package dev.stacked.runtime.reconcile.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code max-age} of the header {@code Cache-Control}. */
final class CacheControl {
    private static final Pattern MAX_AGE =
            Pattern.compile("(?i)(?:^|[\\s,])max-age\\s*=\\s*\"?([0-9]{1,9})\"?(?=$|[\\s,])");

    private CacheControl() {}

    /**
     * How long an answer is valid.
     *
     * @param values of the header; the first age counts
     * @return empty if the header is absent; zero if it names no age
     */
    static Optional<Duration> maxAge(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        for (String value : values) {
            Matcher age = MAX_AGE.matcher(value);
            if (age.find()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(age.group(1))));
            }
        }
        return Optional.of(Duration.ZERO);
    }
}
