package dev.stacked.runtime.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for loopback that nobody trusts, made by the JDK's keytool, as options of the server. */
final class SelfSigned {
    private static final String PASSWORD = "changeit";

    private SelfSigned() {}

    /** Makes one in files of this directory. */
    static String[] options(Path directory) {
        Path store = directory.resolve("tls.p12");
        try {
            int failed = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD,
                            "-alias",
                            "tls",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=tls",
                            "-ext",
                            "san=ip:127.0.0.1")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (failed != 0) {
                throw new AssertionError("keytool ended with " + failed);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Path certificate = pem(
                    directory.resolve("tls.crt"),
                    "CERTIFICATE",
                    keys.getCertificate("tls").getEncoded());
            Path key = pem(
                    directory.resolve("tls.key"),
                    "PRIVATE KEY",
                    keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
            return new String[] {"--tls-cert=" + certificate, "--tls-key=" + key};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, base64, type));
    }
}
