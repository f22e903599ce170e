package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the server connects to the upstream and proves who it is. The files are read again when they change.
 *
 * @param headerFile request headers, one {@code Name: value} per line; null for none
 * @param certificates PEM file with the certificate to present and its chain; null for none
 * @param key PEM file with its private key; null if and only if there is no certificate
 * @param authorities PEM file with the authorities to trust; null for those of the JVM
 * @param proxy HTTP proxy; null to connect directly
 * @param exposeMessages whether clients get the upstream's words
 */
public record UpstreamAccessOptions(
        @Nullable Path headerFile,
        @Nullable Path certificates,
        @Nullable Path key,
        @Nullable Path authorities,
        @Nullable URI proxy,
        boolean exposeMessages) {
    /** The option that names the file of headers. */
    public static final String HEADER_FILE_OPTION = "--upstream-header-file";
    /** The option that names the certificate to present. */
    public static final String CERTIFICATES_OPTION = "--upstream-cert";
    /** The option that names its key. */
    public static final String KEY_OPTION = "--upstream-key";
    /** The option that names the authorities to trust. */
    public static final String AUTHORITIES_OPTION = "--upstream-ca";

    private static final Option<Optional<Path>> HEADER_FILE = Option.optional(
            HEADER_FILE_OPTION,
            "FILE",
            Values.file(),
            "Headers for every request to the upstream, such as credentials: one 'Name: value' per line.");

    private static final Option<Optional<Path>> CERTIFICATES = Option.optional(
            CERTIFICATES_OPTION,
            "FILE",
            Values.file(),
            "PEM file with the certificate that is presented to the upstream, and its chain.");

    private static final Option<Optional<Path>> KEY = Option.optional(
            KEY_OPTION, "FILE", Values.file(), "PEM file with its private key, PKCS#8 without a password.");

    private static final Option<Optional<Path>> AUTHORITIES = Option.optional(
            AUTHORITIES_OPTION,
            "FILE",
            Values.file(),
            "PEM file with the authorities that may sign the upstream's certificate, instead of the JVM's.");

    private static final Option<Optional<URI>> PROXY = Option.optional(
            "--upstream-proxy",
            "URL",
            Values.url(
                    url -> Values.isScheme(url, "http") && url.getRawQuery() == null && isRoot(url),
                    "must be an http URL without user, path, query or fragment, such as http://proxy:3128"),
            "HTTP proxy through which the upstream is called.");

    private static final Option<Boolean> EXPOSE = Option.toggle(
            "--expose-upstream-messages",
            "Show clients how the upstream explains an error, instead of the status alone.");

    static final List<Option<?>> ALL = List.of(HEADER_FILE, CERTIFICATES, KEY, AUTHORITIES, PROXY, EXPOSE);

    /** @throws InvalidOptionsException if only one of certificate and key is named */
    static UpstreamAccessOptions of(Reading given) {
        Optional<Path> certificates = given.get(CERTIFICATES);
        Optional<Path> key = given.get(KEY);
        if (certificates.isPresent() && key.isEmpty()) {
            throw given.setting(CERTIFICATES).breaks("must be given together with " + KEY_OPTION);
        }
        if (key.isPresent() && certificates.isEmpty()) {
            throw given.setting(KEY).breaks("must be given together with " + CERTIFICATES_OPTION);
        }
        return new UpstreamAccessOptions(
                given.get(HEADER_FILE).orElse(null),
                certificates.orElse(null),
                key.orElse(null),
                given.get(AUTHORITIES).orElse(null),
                given.get(PROXY).orElse(null),
                given.get(EXPOSE));
    }

    private static boolean isRoot(URI url) {
        return url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    }
}
