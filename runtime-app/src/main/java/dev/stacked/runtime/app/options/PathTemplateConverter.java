package dev.stacked.runtime.app.options;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the template of an upstream path. Picocli makes a converter without arguments, hence a class per template. */
abstract sealed class PathTemplateConverter implements ITypeConverter<String> {
    private static final Pattern LITERAL_SEGMENT =
            Pattern.compile("(?!\\.{1,2}$)(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*");

    private final List<String> placeholders;

    private PathTemplateConverter(String... placeholders) {
        this.placeholders = List.of(placeholders);
    }

    @Override
    public String convert(String value) {
        if (value.startsWith("/") && keepsToRule(List.of(value.split("/", -1)))) {
            return value;
        }
        throw new TypeConversionException(
                "must be a URL path that begins with '/' and holds %s once, as a whole segment"
                        .formatted(String.join(" and ", placeholders)));
    }

    private boolean keepsToRule(List<String> segments) {
        List<String> found = segments.stream().filter(placeholders::contains).toList();
        Stream<String> literals = segments.stream().filter(segment -> !placeholders.contains(segment));
        return found.size() == placeholders.size()
                && Set.copyOf(found).size() == placeholders.size()
                && literals.allMatch(segment -> LITERAL_SEGMENT.matcher(segment).matches());
    }

    /** The path of a stack document. */
    static final class Stack extends PathTemplateConverter {
        Stack() {
            super("{stackId}");
        }
    }

    /** The path that reconciles a stage. */
    static final class Reconcile extends PathTemplateConverter {
        Reconcile() {
            super("{stackId}", "{stageId}");
        }
    }
}
