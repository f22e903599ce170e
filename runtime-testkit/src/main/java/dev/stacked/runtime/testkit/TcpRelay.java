package dev.stacked.runtime.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network in front of a server on the loopback interface. It counts connections, and can stop carrying packets:
 * connections stay up, but nothing passes. Data sent while it is frozen is lost. Thread-safe.
 */
public final class TcpRelay implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;

    /** Forwards connections to a port of the loopback interface, from a free one. */
    public TcpRelay(int target) {
        this.target = target;
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener = channel.socket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The port on which it accepts connections. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The URL of the server behind it, without TLS. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Number of connections since the start or the last thaw. */
    public int connections() {
        return sockets.size() / 2;
    }

    /** Stops carrying data. */
    public void freeze() {
        frozen = true;
    }

    /** Lets new connections through. Frozen ones stay frozen. */
    public void thaw() {
        sockets.clear();
        frozen = false;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(server);
            daemon(() -> carry(client, server));
            daemon(() -> carry(server, client));
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean lost = false;
        try (from) {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                lost |= frozen;
                if (!lost) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
            if (!lost && !frozen) {
                to.shutdownOutput();
            }
        }
    }

    private interface Carrying {
        void run() throws IOException;
    }

    private static void daemon(Carrying work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // One side has closed; the other sees the end of its input.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
