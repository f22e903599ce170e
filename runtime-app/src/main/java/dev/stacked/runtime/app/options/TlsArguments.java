package dev.stacked.runtime.app.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. Picocli sets the fields. */
final class TlsArguments {
    @Option(
            names = TlsOptions.Files.CERTIFICATES_OPTION,
            paramLabel = "FILE",
            converter = FileConverter.class,
            description = "PEM file with the certificate and its chain. With it the server speaks https and HTTP/2.")
    private @Nullable Path certificates;

    @Option(
            names = TlsOptions.Files.KEY_OPTION,
            paramLabel = "FILE",
            converter = FileConverter.class,
            description =
                    "PEM file with its private key, PKCS#8 without a password. Both are read again when they change.")
    private @Nullable Path key;

    /** The one option of the two that is given without the other. */
    Optional<String> loneOption() {
        if ((certificates == null) == (key == null)) {
            return Optional.empty();
        }
        return Optional.of(key == null ? TlsOptions.Files.CERTIFICATES_OPTION : TlsOptions.Files.KEY_OPTION);
    }

    TlsOptions options() {
        return certificates == null || key == null ? new TlsOptions.Off() : new TlsOptions.Files(certificates, key);
    }
}
