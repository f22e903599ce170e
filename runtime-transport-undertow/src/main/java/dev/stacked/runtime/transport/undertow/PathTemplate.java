package dev.stacked.runtime.transport.undertow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables, such as {@code /api/stacks/{id}/runtime/stream}. A variable stands for exactly one segment,
 * which may be empty; the path is matched as it came over the wire, so that an encoded slash is part of a segment.
 */
final class PathTemplate {
    private final List<String> segments;

    private PathTemplate(List<String> segments) {
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it does not start with a slash
     */
    static PathTemplate parse(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("A route starts with '/'; it is '" + template + "'.");
        }
        return new PathTemplate(split(template));
    }

    private static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /** The variables' raw values by name; empty if the path is another one. */
    Optional<Map<String, String>> match(String rawPath) {
        List<String> path = split(rawPath);
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{") && segment.endsWith("}")) {
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
