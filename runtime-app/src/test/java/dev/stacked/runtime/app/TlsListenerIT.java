package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.UndertowOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

class TlsListenerIT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int IDLE_MILLIS = 200;

    @Test
    void clientThatDoesNotGoOnWithItsHandshakeIsSentAway() throws Exception {
        XnioWorker worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
        try (AcceptingChannel<? extends StreamConnection> listener = TlsListener.open(
                worker,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                SSLContext.getDefault(),
                exchange -> {},
                OptionMap.create(UndertowOptions.IDLE_TIMEOUT, IDLE_MILLIS),
                OptionMap.EMPTY)) {
            int port = listener.getLocalAddress(InetSocketAddress.class).getPort();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(new byte[] {22, 3, 1}); // the first bytes of a hello

                assertEquals(-1, socket.getInputStream().read());
            }
        } finally {
            worker.shutdownNow();
        }
    }
}
