package dev.stacked.runtime.app.internal.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The forms of options' values. A converter that refuses a value throws the rule, which goes on after the value:
 * {@code must be …}. They are stricter than picocli's own, which take {@code 0x10} for a port and {@code TRUE} for true.
 */
final class Values {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern DURATION = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final Pattern PER_SECOND = Pattern.compile("(?<number>[0-9]{1,7})/s");
    private static final int MAX_PER_SECOND = 1_000_000;
    private static final int MAX_PORT = 65_535;

    private Values() {}

    /** A duration that is not zero. */
    static ITypeConverter<Duration> duration() {
        return durationFrom(Duration.ofMillis(10));
    }

    /** A whole number and a unit, such as {@code 200ms}, {@code 2s}, {@code 1m} or {@code 1h}; a day at most. */
    static ITypeConverter<Duration> durationFrom(Duration min) {
        return value -> {
            Matcher parts = DURATION.matcher(value);
            if (parts.matches()) {
                Duration duration = Duration.of(Long.parseLong(parts.group("number")), UNITS.get(parts.group("unit")));
                if (duration.compareTo(min) >= 0 && duration.compareTo(MAX_DURATION) <= 0) {
                    return duration;
                }
            }
            throw new TypeConversionException(
                    "must be a whole number and a unit (ms, s, m or h), from %dms to 24h, such as 200ms or 2s"
                            .formatted(min.toMillis()));
        };
    }

    /** A number of something that there is at least one of. */
    static ITypeConverter<Integer> count() {
        return wholeNumber(1, Integer.MAX_VALUE);
    }

    /** A number of something per second, such as {@code 50/s}. */
    static ITypeConverter<Integer> perSecond() {
        return value -> {
            Matcher parts = PER_SECOND.matcher(value);
            if (parts.matches()) {
                long number = Long.parseLong(parts.group("number"));
                if (number >= 1 && number <= MAX_PER_SECOND) {
                    return (int) number;
                }
            }
            throw new TypeConversionException(
                    "must be a whole number from 1 to %d and '/s', such as 50/s".formatted(MAX_PER_SECOND));
        };
    }

    /** A TCP port; 0 asks for a free one. */
    static ITypeConverter<Integer> port() {
        return wholeNumber(0, MAX_PORT);
    }

    static ITypeConverter<Integer> wholeNumber(int min, int max) {
        return value -> {
            if (NUMBER.matcher(value).matches()) {
                long number = Long.parseLong(value);
                if (number >= min && number <= max) {
                    return (int) number;
                }
            }
            throw new TypeConversionException("must be a whole number from %d to %d".formatted(min, max));
        };
    }

    static ITypeConverter<Boolean> trueOrFalse() {
        return value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("must be true or false");
        };
    }

    /** A constant of an enum, in lower case. */
    static <E extends Enum<E>> ITypeConverter<E> choice(Class<E> choices, String rule) {
        return value -> Stream.of(choices.getEnumConstants())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(rule));
    }

    static ITypeConverter<String> anyText() {
        return value -> value;
    }

    static ITypeConverter<String> text(Predicate<String> accepted, String rule) {
        return value -> {
            if (accepted.test(value)) {
                return value;
            }
            throw new TypeConversionException(rule);
        };
    }

    /** The name or the address of an interface. */
    static ITypeConverter<String> host() {
        return text(
                Pattern.compile("[\\p{Alnum}._:%-]+").asMatchPredicate(),
                "must be a host name or an IP address, such as localhost, 0.0.0.0 or ::1");
    }

    /** The path of a file, which need not exist. */
    static ITypeConverter<Path> file() {
        return value -> {
            try {
                if (!value.isBlank()) {
                    return Path.of(value);
                }
            } catch (InvalidPathException unusable) {
                // The rule below says what is expected.
            }
            throw new TypeConversionException("must be the path of a file");
        };
    }

    /** A URL with a host. */
    static ITypeConverter<URI> url(Predicate<URI> accepted, String rule) {
        return value -> {
            try {
                URI uri = new URI(value);
                if (uri.getScheme() != null
                        && uri.getHost() != null
                        && uri.getPort() <= MAX_PORT
                        && uri.getRawUserInfo() == null
                        && uri.getRawFragment() == null
                        && accepted.test(uri)) {
                    return uri;
                }
            } catch (URISyntaxException unusable) {
                // The rule below says what is expected; the parser's message speaks of indexes.
            }
            throw new TypeConversionException(rule);
        };
    }

    /** Whether a URL has a scheme, in any case. */
    static boolean isScheme(URI uri, String scheme) {
        return scheme.equalsIgnoreCase(uri.getScheme());
    }
}
