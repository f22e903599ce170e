package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The path of a route with variables for ids, such as {@code /api/stacks/{stackId}}. An id always takes exactly one path
 * segment, so that no id can reach another route.
 */
final class PathTemplate {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final int USUAL_LENGTH = 100;

    private final List<String> segments;
    /** For each segment the index of its variable; -1 for a literal. */
    private final int[] variables;

    private PathTemplate(List<String> segments, List<String> names) {
        this.segments = segments;
        this.variables = segments.stream()
                .mapToInt(segment -> isVariable(segment) ? names.indexOf(nameOf(segment)) : -1)
                .toArray();
    }

    /**
     * Reads a template.
     *
     * @param option name of the setting, for the message
     * @param variables the names that must occur in it, each once and as a whole segment
     * @throws IllegalArgumentException naming the value and the rule that is broken
     */
    static PathTemplate parse(String option, String template, String... variables) {
        require(template.startsWith("/"), option, template, "must start with '/'");
        List<String> segments = List.of(template.substring(1).split("/", -1));
        Set<String> found = new HashSet<>();
        for (String segment : segments) {
            if (isVariable(segment)) {
                require(found.add(nameOf(segment)), option, template, "must not repeat " + segment);
            } else {
                require(
                        isLiteral(segment),
                        option,
                        template,
                        "must be a URL path without query and fragment," + " in which a variable is a whole segment");
            }
        }
        List<String> names = List.of(variables);
        require(found.equals(Set.copyOf(names)), option, template, "must hold the variables " + names);
        return new PathTemplate(segments, names);
    }

    /**
     * The path for these ids, percent-encoded. {@link #isDotSegment} must be false for each id.
     *
     * @param ids values of the variables, in the order in which {@link #parse} was given their names
     */
    String expand(String... ids) {
        StringBuilder path = new StringBuilder(USUAL_LENGTH);
        for (int i = 0; i < segments.size(); i++) {
            path.append('/');
            int variable = variables[i];
            if (variable < 0) {
                path.append(segments.get(i));
            } else {
                append(path, ids[variable]);
            }
        }
        return path.toString();
    }

    /**
     * Whether an id means the same or the parent folder as a path segment. Encoding does not help: URL parsers treat
     * {@code %2E} as a dot here.
     */
    static boolean isDotSegment(String id) {
        return id.equals(".") || id.equals("..");
    }

    /** Appends an id as one path segment: its UTF-8 bytes, all percent-encoded but the unreserved characters of RFC 3986. */
    private static void append(StringBuilder path, String id) {
        for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                path.append((char) octet);
            } else {
                path.append('%').append(HEX.toHexDigits(octet));
            }
        }
    }

    private static boolean isUnreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || "-._~".indexOf(octet) >= 0;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String nameOf(String variable) {
        return variable.substring(1, variable.length() - 1);
    }

    private static boolean isLiteral(String segment) {
        try {
            return segment.equals(URI.create("/" + segment).getRawPath().substring(1)) && !isDotSegment(segment);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean rule, String option, String template, String message) {
        if (!rule) {
            throw new IllegalArgumentException(option + " " + message + "; it is '" + template + "'.");
        }
    }
}
