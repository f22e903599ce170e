package dev.stacked.runtime.reconcile.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An upstream on a real socket that does to each connection whatever its script says. */
final class RawUpstream implements Closeable {
    /** What to do with a request. The connection is kept for the next one unless the script closes it. */
    @FunctionalInterface
    interface Script {
        void answer(Request request) throws IOException;
    }

    /** A request, and the connection on which it came. */
    static final class Request {
        private final int number;
        private final String head;
        private final Socket connection;
        private final CountDownLatch left = new CountDownLatch(1);

        Request(int number, String head, Socket connection) {
            this.number = number;
            this.head = head;
            this.connection = connection;
        }

        /** From 1, over all connections. */
        int number() {
            return number;
        }

        /** Request line and headers. */
        String head() {
            return head;
        }

        String path() {
            return head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/1.1\r\n"));
        }

        /** The line after the method, up to the version. */
        String target() {
            return head.split(" ", 3)[1];
        }

        /** The first value of a header. */
        Optional<String> header(String name) {
            String beginning = name.toLowerCase(Locale.ROOT) + ": ";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(beginning))
                    .map(line -> line.substring(beginning.length()))
                    .findFirst();
        }

        Socket connection() {
            return connection;
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
        }

        void sendJson(int status, String json) throws IOException {
            sendJson(status, json, "");
        }

        /** With further headers, each with its end of line. */
        void sendJson(int status, String json, String headers) throws IOException {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            send("HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                    + "\r\n" + headers + "\r\n" + json);
        }

        /** Answers nothing until the client has left. */
        void hang() {
            try {
                while (connection.getInputStream().read() >= 0) {}
            } catch (IOException e) {
                // A reset is one way to leave.
            }
            left.countDown();
        }

        void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        void awaitLeft() throws InterruptedException {
            if (!left.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The client has not closed the connection.");
            }
        }
    }

    private static final int BACKLOG = 200;

    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger count = new AtomicInteger();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private RawUpstream(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    static RawUpstream start(Script script) {
        return start(script, () -> new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    /** With TLS, for clients that present a certificate which the context trusts. */
    static RawUpstream startSecure(Script script, SSLContext context) {
        return start(script, () -> {
            SSLServerSocket socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(true);
            return socket;
        });
    }

    private static RawUpstream start(Script script, Callable<ServerSocket> socket) {
        try {
            RawUpstream upstream = new RawUpstream(socket.call(), script);
            upstream.startThread(upstream::accept);
            return upstream;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    URI uri() {
        String scheme = server instanceof SSLServerSocket ? "https" : "http";
        return URI.create(scheme + "://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
    }

    /** The next request that has arrived; waits for it. */
    Request next() throws InterruptedException {
        Request request = requests.poll(30, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request has come.");
        }
        return request;
    }

    /** How many requests have arrived so far. */
    int requestCount() {
        return count.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                startThread(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try {
            for (String head = readHead(connection); !head.isEmpty(); head = readHead(connection)) {
                Request request = new Request(count.incrementAndGet(), head, connection);
                requests.add(request);
                script.answer(request);
            }
        } catch (IOException e) {
            // The client or the script has closed it.
        }
    }

    /** Up to the empty line; our requests have no body. */
    private static String readHead(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = connection.getInputStream().read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    private void startThread(Runnable work) {
        Thread thread = new Thread(work, "raw-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
