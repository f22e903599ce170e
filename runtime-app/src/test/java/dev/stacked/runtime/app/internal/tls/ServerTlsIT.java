package dev.stacked.runtime.app.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.app.internal.options.TlsOptions;
import dev.stacked.runtime.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid and invalid files, and reloads, tested with the JDK's sockets. */
class ServerTlsIT {
    @TempDir
    static Path directory;

    private static TestCertificate rsa;
    private static TestCertificate ec;

    @TempDir
    Path inUse;

    private TlsOptions.Files files;

    @BeforeAll
    static void makeCertificates() {
        rsa = TestCertificate.make(directory, "rsa", "RSA");
        ec = TestCertificate.make(directory, "ec", "EC");
    }

    @AfterAll
    static void forget() {
        rsa = null;
        ec = null;
    }

    @BeforeEach
    void nameFiles() {
        files = new TlsOptions.Files(inUse.resolve("tls.crt"), inUse.resolve("tls.key"));
    }

    private void use(TestCertificate certificate) {
        certificate.writeTo(files.certificates(), files.key());
    }

    /** The certificate presented to a new client that trusts this one. */
    private static X509Certificate shownBy(ServerTls tls, TestCertificate trusted) throws IOException {
        try (SSLServerSocket server = (SSLServerSocket) tls.context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket client = (SSLSocket) trusted.trust()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            Thread accepting = new Thread(() -> accept(server));
            accepting.start();
            client.startHandshake();
            return (X509Certificate) client.getSession().getPeerCertificates()[0];
        }
    }

    private static void accept(SSLServerSocket server) {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            accepted.startHandshake();
            accepted.getInputStream().read();
        } catch (IOException e) {
            // the client reports the failure
        }
    }

    static Stream<TestCertificate> certificates() {
        return Stream.of(rsa, ec);
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void keysOfBothKindsServe(TestCertificate certificate) throws Exception {
        use(certificate);
        assertEquals(certificate.certificate(), shownBy(ServerTls.read(files), certificate));
    }

    @Test
    void newConnectionsAreShownTheNewCertificate() throws Exception {
        use(rsa);
        ServerTls tls = ServerTls.read(files);
        assertEquals(rsa.certificate(), shownBy(tls, rsa));

        use(ec);
        assertEquals(rsa.certificate(), shownBy(tls, rsa));
        assertEquals(rsa.certificate().getNotAfter().toInstant(), tls.expiry());
        tls.reload();

        assertEquals(ec.certificate(), shownBy(tls, ec));
        assertEquals(ec.certificate().getNotAfter().toInstant(), tls.expiry());
    }

    @Test
    void filesThatAreReplacedOneByOneAreTakenOverWhenTheyFit() throws Exception {
        use(rsa);
        ServerTls tls = ServerTls.read(files);

        Files.copy(ec.certificateFile(), files.certificates(), StandardCopyOption.REPLACE_EXISTING);
        tls.reload();
        assertEquals(rsa.certificate(), shownBy(tls, rsa));

        Files.copy(ec.keyFile(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        tls.reload();
        assertEquals(ec.certificate(), shownBy(tls, ec));
    }

    @Test
    void unusableFilesLeaveTheCertificateAsItWas() throws Exception {
        use(ec);
        ServerTls tls = ServerTls.read(files);

        Files.writeString(files.key(), "half a key");
        tls.reload();
        tls.reload();
        assertEquals(ec.certificate(), shownBy(tls, ec));

        Files.delete(files.certificates());
        tls.reload();
        assertEquals(ec.certificate(), shownBy(tls, ec));

        use(rsa);
        tls.reload();
        assertEquals(rsa.certificate(), shownBy(tls, rsa));
    }

    @Test
    void chainOutOfOrderLeavesTheCertificateAsItWasAndTheNextOneIsTaken() throws Exception {
        use(ec);
        ServerTls tls = ServerTls.read(files);

        useChainOutOfOrder();
        tls.reload();
        assertEquals(ec.certificate(), shownBy(tls, ec));

        use(rsa);
        tls.reload();
        assertEquals(rsa.certificate(), shownBy(tls, rsa));
    }

    @Test
    void chainOutOfOrderIsNamed() throws Exception {
        useChainOutOfOrder();
        assertEquals(
                "--tls-cert '%s' must hold the server's certificate first, each other one after the certificate that it issued, and none twice."
                        .formatted(files.certificates()),
                complaint());
    }

    /** The first certificate matches the key, but the second did not issue it. */
    private void useChainOutOfOrder() throws IOException {
        use(rsa);
        Files.writeString(
                files.certificates(), Files.readString(rsa.certificateFile()) + Files.readString(ec.certificateFile()));
    }

    private String complaint() {
        return assertThrows(InvalidPemException.class, () -> ServerTls.read(files))
                .getMessage();
    }

    @Test
    void filesThatAreNotThereAreNamed() throws Exception {
        assertEquals(
                "--tls-cert '%s' must be a file that can be read; there is no such file."
                        .formatted(files.certificates()),
                complaint());
        use(ec);
        Files.delete(files.key());
        assertEquals(
                "--tls-key '%s' must be a file that can be read; there is no such file.".formatted(files.key()),
                complaint());
        Files.createDirectory(files.key());
        assertEquals("--tls-key '%s' must be a file that can be read.".formatted(files.key()), complaint());
    }

    @Test
    void certificateFileWithoutCertificatesIsNamed() throws Exception {
        String rule = "--tls-cert '%s' must hold certificates in PEM, each of which begins with"
                + " -----BEGIN CERTIFICATE-----.";
        use(ec);
        for (String content : new String[] {"", "garbage", TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3})}) {
            Files.writeString(files.certificates(), content);
            assertEquals(rule.formatted(files.certificates()), complaint());
        }
    }

    @Test
    void keyThatIsNotToBeReadIsNamedWithTheRuleAndTheWayOut() throws Exception {
        use(ec);
        assertKeyRule("", "must hold a private key in PEM, which begins with -----BEGIN PRIVATE KEY-----.");
        assertKeyRule(
                TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}),
                "must hold a private key without a password; 'openssl pkcs8' takes it off.");
        assertKeyRule(
                TestCertificate.pem("RSA PRIVATE KEY", new byte[] {1}),
                "must hold a private key as PKCS#8; 'openssl pkcs8 -topk8 -nocrypt' makes it so.");
        assertKeyRule(
                TestCertificate.pem("PRIVATE KEY", new byte[] {1, 2, 3}), "must hold a private key of RSA or EC.");
    }

    private void assertKeyRule(String content, String rule) throws IOException {
        Files.writeString(files.key(), content);
        assertEquals("--tls-key '" + files.key() + "' " + rule, complaint());
    }

    @Test
    void keyOfAnotherCertificateIsNamedWithBothFiles() throws Exception {
        use(ec);
        for (TestCertificate other : new TestCertificate[] {rsa, TestCertificate.make(inUse, "other", "EC")}) {
            Files.writeString(
                    files.key(), TestCertificate.pem("PRIVATE KEY", other.key().getEncoded()));
            assertEquals(
                    "--tls-key '%s' must be the private key of the first certificate in --tls-cert '%s'."
                            .formatted(files.key(), files.certificates()),
                    complaint());
        }
    }
}
