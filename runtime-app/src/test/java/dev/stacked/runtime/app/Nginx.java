package dev.stacked.runtime.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The nginx of this machine, as a child process on a free port, with the published configuration. */
final class Nginx implements AutoCloseable {
    static final String ABSENT = "No nginx: install it (Debian: apt-get install nginx-light), or set NGINX_PATH.";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Path SHIPPED = Path.of("..", "packaging", "nginx", "stacked-runtime.conf");

    /** The system-wide part of a configuration, for a process that writes to one directory only. */
    private static final String MAIN = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path client_body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include runtime.conf;
            }
            """;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Path of nginx; empty if this machine has none. */
    static Optional<Path> executable() {
        String named = System.getenv("NGINX_PATH");
        return (named == null ? Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx") : Stream.of(named))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A change that a test makes to the published configuration. */
    record Change(String shipped, String instead) {
        private String in(String configuration) {
            if (!configuration.contains(shipped)) {
                throw new AssertionError("The configuration that is shipped has no '" + shipped + "'");
            }
            return configuration.replace(shipped, instead);
        }
    }

    /** Starts nginx in front of a server on loopback. */
    static Nginx start(Path directory, int target, Path certificate, Path key, Change... changes) throws IOException {
        int port = freePort();
        String configuration = Files.readString(SHIPPED);
        List<Change> local = List.of(
                new Change("listen 443 ssl http2;", "listen 127.0.0.1:" + port + " ssl http2;"),
                new Change("server 127.0.0.1:8080;", "server 127.0.0.1:" + target + ";"),
                new Change("/etc/nginx/tls/runtime.crt", certificate.toString()),
                new Change("/etc/nginx/tls/runtime.key", key.toString()));
        for (Change change : Stream.concat(local.stream(), Stream.of(changes)).toList()) {
            configuration = change.in(configuration);
        }
        Files.writeString(directory.resolve("runtime.conf"), configuration);
        Files.writeString(directory.resolve("nginx.conf"), MAIN);
        Nginx nginx = new Nginx(process(directory), port);
        nginx.awaitListening(directory);
        return nginx;
    }

    private static Process process(Path directory) throws IOException {
        return new ProcessBuilder(
                        executable()
                                .orElseThrow(() -> new IllegalStateException(ABSENT))
                                .toString(),
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        "nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.log").toFile())
                .start();
    }

    /** nginx cannot choose a free port by itself and report it. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(Path directory) throws IOException {
        long start = System.nanoTime();
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("nginx said: " + Files.readString(directory.resolve("nginx.log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
