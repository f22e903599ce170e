package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same limits over TLS, with HTTP/2 chosen by ALPN. */
final class TlsConnectionLimitsIT extends ConnectionLimitsIT {
    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() {
        context = TestCertificate.make(directory, "server", "EC").serve();
    }

    @Override
    SSLContext tls() {
        return context;
    }

    @Override
    Http2Client open(int port, int window) {
        try {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.setTcpNoDelay(true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertEquals("h2", socket.getApplicationProtocol());
            return new Http2Client(socket, window);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
