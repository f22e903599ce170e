package dev.stacked.runtime.app.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the base URL of an upstream. */
final class BaseUriConverter implements ITypeConverter<URI> {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Override
    public URI convert(String value) {
        try {
            URI uri = new URI(value);
            if (isBase(uri)) {
                return uri;
            }
        } catch (URISyntaxException unusable) {
            // Falls to the one message that says what is wanted; the parser's speaks of indexes.
        }
        throw new TypeConversionException(
                "must be an http or https URL without user, query or fragment, such as http://localhost:5173");
    }

    private static boolean isBase(URI uri) {
        return uri.getScheme() != null
                && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                && uri.getHost() != null
                && uri.getPort() <= 65_535
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }
}
