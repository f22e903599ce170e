package dev.stacked.runtime.app.options;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration: a whole number and a unit, such as {@code 200ms}, {@code 2s}, {@code 1m} or {@code 1h}. */
sealed class DurationConverter implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final Pattern FORM = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private final Duration shortest;

    DurationConverter() {
        this(Duration.ofMillis(10));
    }

    private DurationConverter(Duration shortest) {
        this.shortest = shortest;
    }

    @Override
    public Duration convert(String value) {
        Matcher parts = FORM.matcher(value);
        if (parts.matches()) {
            Duration duration = Duration.of(Long.parseLong(parts.group("number")), UNITS.get(parts.group("unit")));
            if (duration.compareTo(shortest) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw new TypeConversionException(
                "must be a whole number and a unit (ms, s, m or h), from %dms to 24h, such as 200ms or 2s"
                        .formatted(shortest.toMillis()));
    }

    /** A duration of which there may be none. */
    static final class OrZero extends DurationConverter {
        OrZero() {
            super(Duration.ZERO);
        }
    }
}
