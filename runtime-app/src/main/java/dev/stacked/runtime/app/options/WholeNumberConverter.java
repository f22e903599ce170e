package dev.stacked.runtime.app.options;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number within bounds. Picocli makes a converter without arguments, hence a class per range. */
abstract sealed class WholeNumberConverter implements ITypeConverter<Integer> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

    private final int least;
    private final int most;

    private WholeNumberConverter(int least, int most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public Integer convert(String value) {
        if (DIGITS.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return (int) number;
            }
        }
        throw new TypeConversionException("must be a whole number from %d to %d".formatted(least, most));
    }

    /** A TCP port; 0 asks for a free one. */
    static final class Port extends WholeNumberConverter {
        Port() {
            super(0, 65_535);
        }
    }

    /** How many events of a stack are kept. */
    static final class History extends WholeNumberConverter {
        History() {
            super(1, 65_536);
        }
    }

    /** How many bytes of events of a stack are kept: more than one runtime, less than a heap. */
    static final class HistoryBytes extends WholeNumberConverter {
        HistoryBytes() {
            super(1024, 1024 * 1024 * 1024);
        }
    }

    /** How often a call is tried. */
    static final class Attempts extends WholeNumberConverter {
        Attempts() {
            super(1, 10);
        }
    }

    /** How many there may be at the same time. */
    static final class Limit extends WholeNumberConverter {
        Limit() {
            super(1, Integer.MAX_VALUE);
        }
    }
}
