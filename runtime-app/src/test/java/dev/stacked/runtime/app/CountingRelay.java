package dev.stacked.runtime.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Forwards connections unchanged, and counts them. */
final class CountingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    CountingRelay(int target) throws IOException {
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Number of connections so far. */
    int connections() {
        return accepted.size();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            accepted.add(client);
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            daemon(() -> carry(client, server));
            daemon(() -> carry(server, client));
        }
    }

    private static void carry(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
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
                // one side has closed, and with it the other
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
