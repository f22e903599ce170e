package dev.stacked.runtime.reconcile.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy that makes tunnels, all of which lead to one port of loopback. */
final class TestProxy implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();
    private final AtomicInteger tunnels = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private TestProxy(int target) throws IOException {
        this.target = target;
    }

    static TestProxy start(int target) throws IOException {
        TestProxy proxy = new TestProxy(target);
        proxy.startThread(() -> {
            while (true) {
                Socket client = proxy.server.accept();
                proxy.startThread(() -> proxy.serve(client));
            }
        });
        return proxy;
    }

    URI uri() {
        return URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
    }

    int tunnels() {
        return tunnels.get();
    }

    /** The lines of the next request for a tunnel. */
    List<String> nextHead() throws InterruptedException {
        List<String> head = heads.poll(30, TimeUnit.SECONDS);
        if (head == null) {
            throw new AssertionError("No tunnel was asked for.");
        }
        return head;
    }

    private void serve(Socket client) throws IOException {
        sockets.add(client);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.getInputStream().read());
        }
        heads.add(head.toString().lines().filter(line -> !line.isEmpty()).toList());
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(upstream);
        tunnels.incrementAndGet();
        client.getOutputStream().write("HTTP/1.1 200 Fine\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        startThread(() -> pump(upstream.getInputStream(), client.getOutputStream()));
        pump(client.getInputStream(), upstream.getOutputStream());
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void startThread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed.
                    }
                },
                "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
