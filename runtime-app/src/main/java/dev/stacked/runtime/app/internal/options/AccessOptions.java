package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.access.jwt.JwtKeys;
import dev.stacked.runtime.access.jwt.JwtSettings;
import dev.stacked.runtime.app.InvalidOptionsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may read and refresh stacks.
 *
 * @param insecure whether every client that reaches the server may, from other machines too
 * @param tokens the tokens that clients need
 */
public record AccessOptions(boolean insecure, Tokens tokens) {
    private static final Option<Boolean> INSECURE = Option.toggle(
            "--insecure", "Start without access control although --host can be reached from other machines.");

    static final List<Option<?>> ALL =
            Stream.concat(Stream.of(INSECURE), Tokens.ALL.stream()).toList();

    static AccessOptions of(Reading given) {
        return new AccessOptions(given.get(INSECURE), Tokens.of(given));
    }

    /**
     * The tokens that a server with these options requires; empty if every client may read.
     *
     * @throws InvalidOptionsException if the options do not say who may read, although the server can be reached from
     *     other machines, or if what they say about tokens is incomplete
     */
    public Optional<JwtSettings> requiredTokens(ServerOptions server) {
        if (tokens.areNamed()) {
            if (insecure) {
                throw new InvalidOptionsException(
                        "--insecure lets everybody in, so that no --jwt option can be given with it.");
            }
            return Optional.of(tokens.settings());
        }
        if (!insecure && !server.isLoopback()) {
            throw new InvalidOptionsException(
                    "--host '%s' can be reached from other machines: say who may read, by --jwt-jwks-url or --jwt-key-file, or let everybody in by --insecure."
                            .formatted(server.host()));
        }
        return Optional.empty();
    }

    /**
     * The tokens that are accepted.
     *
     * @param jwksUrl URL of the issuer's keys; null if absent
     * @param keyFile the file with the keys; null if absent
     * @param issuer required issuer; null if absent
     * @param audience required audience; null if absent
     * @param algorithms accepted signature algorithms
     */
    public record Tokens(
            @Nullable URI jwksUrl,
            @Nullable String keyFile,
            @Nullable String issuer,
            @Nullable String audience,
            Set<String> algorithms) {
        private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

        private static final Option<Optional<URI>> JWKS_URL = Option.optional(
                "--jwt-jwks-url",
                "URL",
                Values.url(
                        Tokens::isSafe,
                        "must be an https URL without user or fragment; http is for localhost, 127.0.0.1 and [::1]"),
                "Require a token (JWT); URL of the issuer's keys.");

        private static final Option<Optional<String>> KEY_FILE = Option.optional(
                "--jwt-key-file",
                "FILE",
                Values.anyText(),
                "Require a token (JWT); file with the issuer's keys: PEM, or a JWK set. It is read again when it changes.");

        private static final Option<Optional<String>> ISSUER =
                Option.optional("--jwt-issuer", "NAME", Values.anyText(), "Required value of the claim iss.");

        private static final Option<Optional<String>> AUDIENCE =
                Option.optional("--jwt-audience", "NAME", Values.anyText(), "Required value of the claim aud.");

        private static final Option<Set<String>> ALGORITHMS = Option.set(
                "--jwt-algorithms",
                "NAME",
                Values.text(
                        JwtSettings::isAlgorithm,
                        "must be RS, PS or ES with 256, 384 or 512, such as RS256; several have a comma between"),
                "RS256,ES256",
                "Accepted signature algorithms.");

        private static final List<Option<?>> ALL = List.of(JWKS_URL, KEY_FILE, ISSUER, AUDIENCE, ALGORITHMS);

        /** Copies the algorithms. */
        public Tokens {
            algorithms = Set.copyOf(algorithms);
        }

        private static Tokens of(Reading given) {
            return new Tokens(
                    given.get(JWKS_URL).orElse(null),
                    given.get(KEY_FILE).orElse(null),
                    given.get(ISSUER).orElse(null),
                    given.get(AUDIENCE).orElse(null),
                    given.get(ALGORITHMS));
        }

        /** An attacker who can change the keys on their way could make tokens. */
        private static boolean isSafe(URI uri) {
            return Values.isScheme(uri, "https")
                    || (Values.isScheme(uri, "http") && LOCAL_HOSTS.contains(uri.getHost()));
        }

        /** Whether any option asks for tokens. */
        private boolean areNamed() {
            return Stream.of(jwksUrl, keyFile, issuer, audience).anyMatch(given -> given != null);
        }

        private JwtSettings settings() {
            JwtKeys keys = keys();
            if (issuer == null || audience == null) {
                throw new InvalidOptionsException(
                        "%s is required for tokens.".formatted(issuer == null ? "--jwt-issuer" : "--jwt-audience"));
            }
            try {
                return new JwtSettings(keys, issuer, audience, algorithms);
            } catch (IllegalArgumentException misfit) {
                throw wrongFile(
                        String.valueOf(keyFile),
                        "must hold a key for " + ALGORITHMS.name() + ", but " + misfit.getMessage());
            }
        }

        private JwtKeys keys() {
            if ((jwksUrl == null) == (keyFile == null)) {
                throw new InvalidOptionsException(
                        "Exactly one of --jwt-jwks-url and --jwt-key-file is required for tokens.");
            }
            return jwksUrl != null ? JwtKeys.published(jwksUrl) : keys(String.valueOf(keyFile));
        }

        private static JwtKeys keys(String file) {
            try {
                return JwtKeys.ofFile(Path.of(file));
            } catch (NoSuchFileException | InvalidPathException absent) {
                throw wrongFile(file, "must name a file, but there is no such file");
            } catch (IOException unreadable) {
                throw wrongFile(file, "cannot be read");
            } catch (IllegalArgumentException malformed) {
                throw wrongFile(file, "must hold public keys, but " + malformed.getMessage());
            }
        }

        private static InvalidOptionsException wrongFile(String file, String rule) {
            return Setting.onCommandLine(KEY_FILE.name(), file).breaks(rule);
        }
    }
}
