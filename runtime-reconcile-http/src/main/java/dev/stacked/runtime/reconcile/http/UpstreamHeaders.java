package dev.stacked.runtime.reconcile.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Headers that are sent with every request to the upstream, such as credentials. Those whose name begins with {@code
 * Proxy-} are for the proxy alone. Values are secrets: no message contains one. Immutable.
 */
public final class UpstreamHeaders {
    /** Without any header. */
    public static final UpstreamHeaders NONE = new UpstreamHeaders(Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE =
            Pattern.compile("[\\x21-\\x7E\\xA0-\\xFF](?:[\\t\\x20-\\x7E\\xA0-\\xFF]*[\\x21-\\x7E\\xA0-\\xFF])?");
    /** Those that this module sets itself, and those that decide where a message ends. */
    private static final Set<String> OWN = Set.of(
            "accept",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "if-none-match",
            "keep-alive",
            "te",
            "traceparent",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String FOR_PROXY = "proxy-";
    private static final String HIDDEN = "***";
    /** Shorter ones are no secrets, and occur in ordinary words. */
    private static final int MIN_SECRET = 4;

    private final Map<String, String> all;
    private final byte[] forUpstream;
    private final byte[] forProxy;
    private final byte[] forAll;

    private UpstreamHeaders(Map<String, String> all) {
        this.all = all;
        this.forUpstream = lines(all, name -> !name.startsWith(FOR_PROXY));
        this.forProxy = lines(all, name -> name.startsWith(FOR_PROXY));
        this.forAll = lines(all, name -> true);
    }

    /**
     * Reads headers as they stand in a file.
     *
     * @param lines one {@code Name: value} each; empty lines, and those that begin with {@code #}, are skipped
     * @throws IllegalArgumentException naming the line by its number and the rule that is broken, but not its content
     */
    public static UpstreamHeaders parse(List<String> lines) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int colon = line.indexOf(':');
                require(colon > 0, number, "must be of the form 'Name: value'");
                String name = line.substring(0, colon);
                String value = line.substring(colon + 1).strip();
                require(NAME.matcher(name).matches(), number, "must begin with the name of a header and a colon");
                require(VALUE.matcher(value).matches(), number, "must have a value of printable Latin-1 characters");
                String key = name.toLowerCase(Locale.ROOT);
                require(!OWN.contains(key), number, "must not set a header that the server sets itself");
                require(all.put(key, value) == null, number, "must not repeat a header");
            }
        }
        return new UpstreamHeaders(all);
    }

    private static void require(boolean rule, int line, String message) {
        if (!rule) {
            throw new IllegalArgumentException("line " + line + " " + message);
        }
    }

    private static byte[] lines(Map<String, String> all, Predicate<String> wanted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        all.forEach((name, value) -> {
            if (wanted.test(name)) {
                bytes.writeBytes((name + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return bytes.toByteArray();
    }

    /** The lines of the headers for the upstream. Must not be modified. */
    byte[] forUpstream() {
        return forUpstream;
    }

    /** The lines of all headers, for a request that the proxy reads. Must not be modified. */
    byte[] forAll() {
        return forAll;
    }

    /** The lines of the headers for the proxy alone. Must not be modified. */
    byte[] forProxy() {
        return forProxy;
    }

    /** The text with each value, and each part of one that follows a scheme such as {@code Bearer}, replaced. */
    String redact(String text) {
        String clean = text;
        for (String value : all.values()) {
            clean = redact(clean, value);
            clean = redact(clean, value.substring(value.indexOf(' ') + 1));
        }
        return clean;
    }

    /** Shorter values, such as {@code on}, are parts of ordinary words. */
    private static String redact(String text, String secret) {
        return secret.length() < MIN_SECRET ? text : text.replace(secret, HIDDEN);
    }

    /** Whether both hold the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof UpstreamHeaders that && all.equals(that.all));
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** The names. */
    @Override
    public String toString() {
        return all.keySet().toString();
    }
}
