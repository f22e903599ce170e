package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The address of the attacked server.
 *
 * @param trust for TLS; unused without it
 */
record Endpoint(Listener listener, int port, SSLContext trust) {
    static final String HTTP_1 = "http/1.1";
    static final String HTTP_2 = "h2";

    private static final String HOST = "127.0.0.1";
    private static final int CONNECT_MILLIS = 10_000;

    /** One of the loopback addresses of this machine. Limits per address apply to each separately. */
    static InetAddress address(int network, int host) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, (byte) network, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String authority() {
        return HOST + ":" + port;
    }

    /**
     * Connects, and completes the TLS handshake if there is one.
     *
     * @param from a local address, so that limits per address count the attacker separately
     * @param protocol the protocol for ALPN
     */
    Wire connect(InetAddress from, String protocol) throws IOException {
        return begin(connectTcp(from), protocol);
    }

    /** Completes the TLS handshake, if there is one, on a connected socket. */
    Wire begin(Socket tcp, String protocol) throws IOException {
        if (listener == Listener.PLAIN) {
            return new Wire(tcp, tcp);
        }
        try {
            SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(tcp, HOST, port, true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return new Wire(tcp, tls);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    /** Connects, and skips the TLS handshake. */
    Wire connectWithoutHandshake(InetAddress from) throws IOException {
        Socket tcp = connectTcp(from);
        return new Wire(tcp, tcp);
    }

    /** Connects, and sends nothing yet. */
    Socket connectTcp(InetAddress from) throws IOException {
        Socket tcp = new Socket();
        tcp.setSoTimeout(Wire.PATIENCE_MILLIS);
        tcp.setTcpNoDelay(true);
        tcp.bind(new InetSocketAddress(from, 0));
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return tcp;
    }
}
