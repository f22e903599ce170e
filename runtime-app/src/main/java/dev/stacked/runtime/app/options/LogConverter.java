package dev.stacked.runtime.app.options;

import java.util.Arrays;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a choice about the log. Picocli makes a converter without arguments, hence a class per choice. */
abstract sealed class LogConverter<E> implements ITypeConverter<E> {
    private final E[] choices;
    private final Function<E, String> name;
    private final String rule;

    private LogConverter(E[] choices, Function<E, String> name, String rule) {
        this.choices = choices;
        this.name = name;
        this.rule = rule;
    }

    @Override
    public E convert(String value) {
        return Arrays.stream(choices)
                .filter(choice -> name.apply(choice).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(rule));
    }

    /** How lines are written. */
    static final class Format extends LogConverter<LogFormat> {
        Format() {
            super(LogFormat.values(), LogFormat::optionName, "must be text or json");
        }
    }

    /** From which weight on they are written. */
    static final class Level extends LogConverter<LogLevel> {
        Level() {
            super(LogLevel.values(), LogLevel::optionName, "must be error, warn, info, debug or trace");
        }
    }
}
