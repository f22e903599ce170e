package dev.stacked.runtime.app.attack;

import dev.stacked.runtime.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server in a separate process, with little memory. */
final class ServerProcess implements AutoCloseable {
    private static final String LISTENING = "Listening on ";
    private static final int MAX_LOG_LINES = 12;
    private static final int STOP_SECONDS = 10;

    /** A heap of 128 MiB; otherwise the options of the image. */
    private static final List<String> JVM = List.of(
            "-Xmx128m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final Path log;
    private final int port;
    private final int adminPort;

    private ServerProcess(Process process, Path log, int port, int adminPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.adminPort = adminPort;
    }

    /** Starts the server, and waits until it is listening. Its log goes to a file in this directory. */
    static ServerProcess start(Path directory, List<String> options) throws IOException {
        Path log = Files.createTempFile(directory, "server", ".log");
        int adminPort = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("--port=0", "--admin-port=" + adminPort));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RUNTIME_"));
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new AssertionError("The server did not start: " + line + " " + Files.readString(log));
        }
        int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
        return new ServerProcess(process, log, port, adminPort);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    int adminPort() {
        return adminPort;
    }

    long pid() {
        return process.pid();
    }

    /** Stops the process for this time, and returns when it has resumed. */
    void pause(Duration time, Runnable meanwhile) throws IOException, InterruptedException {
        signal("STOP");
        try {
            meanwhile.run();
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("The signal " + name + " could not be sent: " + exit);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, and the last lines of the log. */
    String obituary() throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> last = lines.subList(Math.max(0, lines.size() - MAX_LOG_LINES), lines.size());
        return (process.isAlive() ? "still runs" : "exit code " + process.exitValue()) + ", log: " + last;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
