package dev.stacked.runtime.app.options;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may read. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class AccessArguments {
    @Option(
            names = "--insecure",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            defaultValue = "false",
            converter = SwitchConverter.class,
            description = "Let everybody in, though --host can be reached from other machines.")
    private boolean insecure;

    @Option(
            names = "--jwt-jwks-url",
            paramLabel = "URL",
            converter = JwksUrlConverter.class,
            description = "Let in whoever has a token (JWT); its keys are published there.")
    private @Nullable URI jwksUrl;

    @Option(
            names = "--jwt-key-file",
            paramLabel = "FILE",
            description = "Let in whoever has a token (JWT); its keys are in this file: PEM, or a JWK set.")
    private @Nullable String keyFile;

    @Option(names = "--jwt-issuer", paramLabel = "NAME", description = "What the claim iss of a token must be.")
    private @Nullable String issuer;

    @Option(names = "--jwt-audience", paramLabel = "NAME", description = "What the claim aud of a token must hold.")
    private @Nullable String audience;

    @Option(
            names = "--jwt-algorithms",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "RS256,ES256",
            converter = TextConverter.Algorithm.class,
            description = "How a token may be signed. Default: ${DEFAULT-VALUE}.")
    private Set<String> algorithms;

    AccessOptions options() {
        return new AccessOptions(insecure, new TokenOptions(jwksUrl, keyFile, issuer, audience, algorithms));
    }
}
