package dev.stacked.runtime.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Issues tokens, with the public key in a file. Thread-safe. */
public final class TestTokens {
    private final KeyPair keys;

    public TestTokens() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    /** Options for the demo to accept the tokens. */
    String[] options(Path directory, String... more) throws IOException {
        return Stream.of(Stream.of("--demo", "--port=0"), keyOptions(directory).stream(), Stream.of(more))
                .flatMap(options -> options)
                .toArray(String[]::new);
    }

    /** Options for a server to accept the tokens. Writes the public key into the directory. */
    public List<String> keyOptions(Path directory) throws IOException {
        Path file = directory.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        return List.of("--jwt-key-file=" + file, "--jwt-issuer=me", "--jwt-audience=you");
    }

    /** A token for the demo's stack {@code checkout}. */
    String token(Instant expiry, String scope) throws GeneralSecurityException {
        return token("ann", expiry, scope);
    }

    /** A token of this principal for the stacks {@code check*}. */
    public String token(String subject, Instant expiry, String scope) throws GeneralSecurityException {
        String claims =
                "{\"iss\":\"me\",\"aud\":\"you\",\"sub\":\"%s\",\"exp\":%d,\"stacks\":[\"check*\"],\"scope\":\"%s\"}"
                        .formatted(subject, expiry.getEpochSecond(), scope);
        String signed = base64("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
