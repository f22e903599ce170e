package dev.stacked.runtime.app.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where keys are published. Whoever could change them on their way could make tokens. */
final class JwksUrlConverter implements ITypeConverter<URI> {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public URI convert(String value) {
        try {
            URI uri = new URI(value);
            if (isSafe(uri)) {
                return uri;
            }
        } catch (URISyntaxException unusable) {
            // Falls to the one message that says what is wanted; the parser's speaks of indexes.
        }
        throw new TypeConversionException(
                "must be an https URL without user or fragment; http is for localhost, 127.0.0.1 and [::1]");
    }

    private static boolean isSafe(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null || uri.getPort() > 65_535) {
            return false;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && (scheme.equals("https") || (scheme.equals("http") && LOCAL.contains(uri.getHost())));
    }
}
