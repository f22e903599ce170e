package dev.stacked.runtime.app.internal.options;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that can be set on the command line, in the environment and in a file. Immutable.
 *
 * @param <T> what it is read as
 */
final class Option<T> {
    private final String name;
    private final UnaryOperator<OptionSpec.Builder> details;
    private final Reader<T> reading;

    /** Makes of a parsed value what the option is read as. */
    private interface Reader<T> {
        T read(@Nullable Object value);
    }

    private Option(String name, UnaryOperator<OptionSpec.Builder> details, Reader<T> reading) {
        this.name = name;
        this.details = details;
        this.reading = reading;
    }

    /** An option with a default, as it is written. */
    static <T> Option<T> of(String name, String label, ITypeConverter<T> values, String fallback, String description) {
        return new Option<>(
                name, one(label, values, description + " Default: " + fallback + ".", fallback), Option::present);
    }

    /** An option that may be absent. */
    static <T> Option<Optional<T>> optional(String name, String label, ITypeConverter<T> values, String description) {
        return new Option<>(
                name,
                one(label, values, description, null),
                value -> Optional.ofNullable(value).map(Option::present));
    }

    /** An option that is off unless it is given. Without a value it is on. */
    static Option<Boolean> toggle(String name, String description) {
        return new Option<>(
                name,
                spec -> spec.type(boolean.class)
                        .arity("0..1")
                        .paramLabel("true|false")
                        .converters(Values.trueOrFalse())
                        .fallbackValue("true")
                        .defaultValue("false")
                        .description(description),
                Option::present);
    }

    /** An option that can be repeated, or be given several values with commas between. */
    static <T> Option<List<T>> list(String name, String label, ITypeConverter<T> values, String description) {
        return new Option<>(
                name,
                several(label, values, description + " Can be repeated.", null),
                value -> value == null ? List.of() : List.copyOf(Option.<List<T>>present(value)));
    }

    /** The same for values that count once, with a default. */
    static <T> Option<Set<T>> set(
            String name, String label, ITypeConverter<T> values, String fallback, String description) {
        return new Option<>(
                name,
                several(label, values, description + " Default: " + fallback + ".", fallback),
                value -> new LinkedHashSet<>(Option.<List<T>>present(value)));
    }

    private static UnaryOperator<OptionSpec.Builder> one(
            String label, ITypeConverter<?> values, String description, @Nullable String fallback) {
        return spec -> spec.type(Object.class)
                .arity("1")
                .paramLabel(label)
                .converters(values)
                .defaultValue(fallback)
                .description(description);
    }

    private static UnaryOperator<OptionSpec.Builder> several(
            String label, ITypeConverter<?> values, String description, @Nullable String fallback) {
        return spec -> one(label, values, description, fallback)
                .apply(spec)
                .type(List.class)
                .auxiliaryTypes(Object.class)
                .splitRegex(",");
    }

    /** The converter made the value, so that it has the type. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T present(@Nullable Object value) {
        return (T) Objects.requireNonNull(value);
    }

    /** The name, such as {@code --port}. */
    String name() {
        return name;
    }

    /** A new specification for one parse. */
    OptionSpec spec() {
        return details.apply(OptionSpec.builder(name)).build();
    }

    /** The value that a parse found; the default if it found none. */
    T read(OptionSpec parsed) {
        return reading.read(parsed.getValue());
    }
}
