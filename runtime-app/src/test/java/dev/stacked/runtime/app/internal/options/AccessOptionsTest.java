package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.access.jwt.JwtSettings;
import dev.stacked.runtime.app.InvalidOptionsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessOptionsTest {
    private static final String REACHABLE =
            " can be reached from other machines: say who may read, by --jwt-jwks-url or"
                    + " --jwt-key-file, or let everybody in by --insecure.";

    @TempDir
    Path directory;

    private AppOptions options(String... args) {
        return new OptionsFixture(directory).args("--demo").args(args).options();
    }

    private Optional<JwtSettings> requiredTokens(String... args) {
        AppOptions options = options(args);
        return options.access().requiredTokens(options.server());
    }

    private String complaint(String... args) {
        return assertThrows(InvalidOptionsException.class, () -> requiredTokens(args))
                .line();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void onLoopbackEverybodyMayRead(String host) {
        assertEquals(Optional.empty(), requiredTokens("--host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void elsewhereItMustBeSaidWhoMay(String host) {
        assertEquals("--host '" + host + "'" + REACHABLE, complaint("--host", host));
        assertEquals(Optional.empty(), requiredTokens("--host", host, "--insecure"));
        assertEquals(
                "i",
                requiredTokens(
                                "--host",
                                host,
                                "--jwt-jwks-url",
                                "https://x/",
                                "--jwt-issuer",
                                "i",
                                "--jwt-audience",
                                "a")
                        .orElseThrow()
                        .issuer());
    }

    @Test
    void insecureIsTrueOrFalse() {
        assertEquals(
                "--insecure 'yes' (environment variable RUNTIME_INSECURE) must be true or false.",
                new OptionsFixture(directory).env("RUNTIME_INSECURE", "yes").complaint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--jwt-issuer i | Exactly one of --jwt-jwks-url and --jwt-key-file is required for tokens.",
                "--jwt-jwks-url https://x/ --jwt-key-file f | Exactly one of --jwt-jwks-url and --jwt-key-file is required for tokens.",
                "--jwt-jwks-url https://x/ | --jwt-issuer is required for tokens.",
                "--jwt-jwks-url https://x/ --jwt-issuer i | --jwt-audience is required for tokens.",
                "--jwt-key-file /no/such | --jwt-key-file '/no/such' must name a file, but there is no such file.",
                "--jwt-key-file / | --jwt-key-file '/' cannot be read.",
                "--jwt-key-file /dev/null | --jwt-key-file '/dev/null' must hold public keys, but it holds no public key.",
                "--jwt-issuer i --insecure | --insecure lets everybody in, so that no --jwt option can be given with it.",
            })
    void whatDoesNotFitTogetherIsSaidInOneLine(String args, String complaint) {
        assertEquals(complaint, complaint(args.split(" ")));
    }

    @Test
    void keyFileMustHoldAKeyForOneOfTheAlgorithms() throws Exception {
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        String file = Files.writeString(
                        directory.resolve("keys.pem"),
                        "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(rsa)
                                + "\n-----END PUBLIC KEY-----\n")
                .toString();
        List<String> args = List.of("--jwt-key-file", file, "--jwt-issuer", "i", "--jwt-audience", "a");
        List<String> misfit = new ArrayList<>(args);
        misfit.addAll(List.of("--jwt-algorithms", "ES384,ES256"));

        assertTrue(requiredTokens(args.toArray(String[]::new)).isPresent());
        assertEquals(
                "--jwt-key-file '" + file + "' must hold a key for --jwt-algorithms, but it holds no key for ES256 or"
                        + " ES384: its keys are RSA.",
                complaint(misfit.toArray(String[]::new)));
    }

    @Test
    void clientsAreCountedByTheirAddressWhereTheyHaveOne() {
        StreamLimits limits = options("--host", "0.0.0.0").limits().streams();

        assertEquals(1000, limits.perAddress());
        assertEquals(50, limits.newPerSecond());
        assertEquals(limits, options("--trusted-proxy", "127.0.0.1").limits().streams());
        assertEquals(StreamLimits.NONE, options().limits().streams().perAddress());
        assertEquals(StreamLimits.NONE, options().limits().streams().newPerSecond());
    }
}
