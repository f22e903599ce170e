package dev.stacked.runtime.app.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.app.internal.options.UpstreamAccessOptions;
import dev.stacked.runtime.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which context new connections get; that it is used for them is tested with the reconciler. */
class ClientTlsTest {
    @TempDir
    private Path directory;

    private TestCertificate own;
    private TestCertificate authority;

    @BeforeEach
    void makeCertificates() {
        own = TestCertificate.make(directory, "own", "EC");
        authority = TestCertificate.make(directory, "authority", "RSA");
    }

    private UpstreamAccessOptions options() {
        return new UpstreamAccessOptions(
                null, own.certificateFile(), own.keyFile(), authority.certificateFile(), null, false);
    }

    @Test
    void filesThatDoNotChangeKeepTheContext() throws Exception {
        ClientTls tls = ClientTls.read(options());
        SSLContext first = tls.context();

        tls.reload();

        assertSame(first, tls.context());
    }

    @Test
    void aNewCertificateMakesAnotherContext() throws Exception {
        ClientTls tls = ClientTls.read(options());
        SSLContext first = tls.context();

        TestCertificate.make(directory, "new", "EC").writeTo(own.certificateFile(), own.keyFile());
        tls.reload();

        assertNotSame(first, tls.context());
    }

    @Test
    void aNewAuthorityMakesAnotherContext() throws Exception {
        ClientTls tls = ClientTls.read(options());
        SSLContext first = tls.context();

        Files.copy(own.certificateFile(), authority.certificateFile(), StandardCopyOption.REPLACE_EXISTING);
        tls.reload();

        assertNotSame(first, tls.context());
    }

    @Test
    void filesThatCannotBeUsedKeepTheContextAndLaterOnesAreUsed() throws Exception {
        ClientTls tls = ClientTls.read(options());
        SSLContext first = tls.context();

        Files.writeString(authority.certificateFile(), "nothing");
        tls.reload();
        assertSame(first, tls.context());
        Files.delete(own.keyFile());
        tls.reload();
        assertSame(first, tls.context());

        TestCertificate renewed = TestCertificate.make(directory, "new", "EC");
        renewed.writeTo(own.certificateFile(), own.keyFile());
        Files.copy(renewed.certificateFile(), authority.certificateFile(), StandardCopyOption.REPLACE_EXISTING);
        tls.reload();

        assertNotSame(first, tls.context());
    }

    @Test
    void whatCannotBeUsedAtTheStartIsNamed() throws Exception {
        Files.writeString(authority.certificateFile(), "nothing");

        assertEquals(
                "--upstream-ca '" + authority.certificateFile()
                        + "' must hold certificates in PEM, each of which begins with -----BEGIN CERTIFICATE-----.",
                assertThrows(InvalidPemException.class, () -> ClientTls.read(options()))
                        .getMessage());
    }

    @Test
    void eitherPartIsEnough() throws Exception {
        ClientTls.read(new UpstreamAccessOptions(null, own.certificateFile(), own.keyFile(), null, null, false));
        ClientTls.read(new UpstreamAccessOptions(null, null, null, authority.certificateFile(), null, false));
    }
}
