package dev.stacked.runtime.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A self-signed certificate for {@code localhost} and 127.0.0.1, valid for two days, created with the JDK's keytool.
 *
 * @param certificate the certificate
 * @param key its private key
 * @param certificateFile in PEM
 * @param keyFile in PEM, PKCS#8
 */
public record TestCertificate(X509Certificate certificate, PrivateKey key, Path certificateFile, Path keyFile) {
    private static final String PASSWORD = "changeit";

    /**
     * Creates a certificate in the files {@code name.crt} and {@code name.key}.
     *
     * @param name base name of the files, and the certificate's common name
     * @param algorithm of the key, such as {@code EC} or {@code RSA}
     */
    public static TestCertificate make(Path directory, String name, String algorithm) {
        try {
            Path store = directory.resolve(name + ".p12");
            keytool(store, name, algorithm);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            TestCertificate made = new TestCertificate(
                    (X509Certificate) keys.getCertificate(name),
                    (PrivateKey) keys.getKey(name, PASSWORD.toCharArray()),
                    directory.resolve(name + ".crt"),
                    directory.resolve(name + ".key"));
            made.writeTo(made.certificateFile, made.keyFile);
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void keytool(Path store, String name, String algorithm) throws IOException {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "2");
        Process process = keytool.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes certificate and key to these files in PEM, replacing their contents. */
    public void writeTo(Path certificates, Path keys) {
        try {
            Files.writeString(certificates, pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(keys, pem("PRIVATE KEY", key.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns bytes as PEM of the given type, such as {@code PRIVATE KEY}. */
    public static String pem(String type, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
    }

    /** A context for clients that trust only this certificate. */
    public SSLContext trust() {
        return context(null);
    }

    /** A context for servers with this certificate, and for clients that trust only it. */
    public SSLContext serve() {
        try {
            KeyStore own = emptyStore();
            own.setKeyEntry("server", key, PASSWORD.toCharArray(), new Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, PASSWORD.toCharArray());
            return context(factory.getKeyManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private SSLContext context(KeyManager @Nullable [] own) {
        try {
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("server", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
