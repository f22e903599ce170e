package dev.stacked.runtime.app.options;

import dev.stacked.runtime.access.jwt.JwtKeys;
import dev.stacked.runtime.access.jwt.JwtSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens let somebody in.
 *
 * @param jwksUrl where their keys are published; null if not there
 * @param keyFile the file that holds their keys; null if none does
 * @param issuer who must have issued them; null if that was not said
 * @param audience whom they must be for; null if that was not said
 * @param algorithms how they may be signed
 */
public record TokenOptions(
        @Nullable URI jwksUrl,
        @Nullable String keyFile,
        @Nullable String issuer,
        @Nullable String audience,
        Set<String> algorithms) {
    /** Copies the algorithms. */
    public TokenOptions {
        algorithms = Set.copyOf(algorithms);
    }

    /** Whether tokens are meant to be used at all. */
    boolean areNamed() {
        return Stream.of(jwksUrl, keyFile, issuer, audience).anyMatch(given -> given != null);
    }

    /** @throws InvalidOptionsException if something is missing, or the file is not what it should be */
    JwtSettings settings() {
        JwtKeys keys = keys();
        if (issuer == null || audience == null) {
            throw new InvalidOptionsException(
                    "%s is required for tokens.".formatted(issuer == null ? "--jwt-issuer" : "--jwt-audience"));
        }
        return new JwtSettings(keys, issuer, audience, algorithms);
    }

    private JwtKeys keys() {
        if ((jwksUrl == null) == (keyFile == null)) {
            throw new InvalidOptionsException(
                    "Exactly one of --jwt-jwks-url and --jwt-key-file is required for tokens.");
        }
        return jwksUrl != null ? JwtKeys.published(jwksUrl) : keys(keyFile);
    }

    private static JwtKeys keys(@Nullable String file) {
        try {
            return JwtKeys.ofFile(Path.of(String.valueOf(file)));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidOptionsException("--jwt-key-file '%s' cannot be read.".formatted(file));
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionsException(
                    "--jwt-key-file '%s' must hold public keys, but %s.".formatted(file, e.getMessage()));
        }
    }
}
