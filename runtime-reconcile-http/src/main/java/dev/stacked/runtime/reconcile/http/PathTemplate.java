package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The path of a route with variables for ids, such as {@code /api/stacks/{stackId}}. An id always takes exactly one path
 * segment, so that no id can reach another route.
 */
final class PathTemplate {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final List<String> segments;

    private PathTemplate(List<String> segments) {
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @param option name of the setting, for the message
     * @param variables the names that must occur in it, each once and as a whole segment
     * @throws IllegalArgumentException naming the value and the rule that is broken
     */
    static PathTemplate parse(String option, String template, Set<String> variables) {
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
        require(found.equals(variables), option, template, "must hold the variables " + Set.copyOf(variables));
        return new PathTemplate(segments);
    }

    /**
     * The path for these ids, percent-encoded. {@link #isDotSegment} must be false for each id.
     *
     * @param ids by the variable's name
     */
    String expand(Map<String, String> ids) {
        return segments.stream()
                .map(segment -> isVariable(segment) ? encode(ids.getOrDefault(nameOf(segment), "")) : segment)
                .collect(Collectors.joining("/", "/", ""));
    }

    /**
     * Whether an id means the same or the parent folder as a path segment. Encoding does not help: URL parsers treat
     * {@code %2E} as a dot here.
     */
    static boolean isDotSegment(String id) {
        return id.equals(".") || id.equals("..");
    }

    /** The id as one path segment: its UTF-8 bytes, all percent-encoded but the unreserved characters of RFC 3986. */
    static String encode(String id) {
        StringBuilder segment = new StringBuilder(id.length() + 16);
        for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                segment.append((char) octet);
            } else {
                segment.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return segment.toString();
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
