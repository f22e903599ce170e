package dev.stacked.runtime.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The app in a separate process. */
final class AppProcess implements AutoCloseable {
    private static final String LISTENING = "Listening on http://127.0.0.1:";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private AppProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the app like a user. */
    static AppProcess start(String... args) throws IOException {
        return start(Main.class, List.of("-XX:TieredStopAtLevel=1"), args);
    }

    /** Starts the app with an additional environment variable. */
    static AppProcess startWith(String variable, String value, String... args) throws IOException {
        ProcessBuilder builder = builder(Main.class, List.of("-XX:TieredStopAtLevel=1"), args);
        builder.environment().put(variable, value);
        return new AppProcess(builder.start());
    }

    /** Starts a main class of the tests with JVM options. */
    static AppProcess start(Class<?> main, List<String> jvm, String... args) throws IOException {
        return new AppProcess(builder(main, jvm, args).start());
    }

    private static ProcessBuilder builder(Class<?> main, List<String> jvm, String... args) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.of(
                        Stream.of(java),
                        jvm.stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), main.getName()),
                        Stream.of(args))
                .flatMap(parts -> parts)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("RUNTIME_"));
        return builder;
    }

    /** Waits until the app announces that it is listening, and returns the port. */
    int awaitPort() throws IOException {
        String line = output.readLine();
        if (line == null || !line.startsWith(LISTENING)) {
            throw new AssertionError("The app printed '" + line + "' and " + errors());
        }
        lines.add(line);
        return Integer.parseInt(line.substring(LISTENING.length()));
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // unlike Process.destroy it leaves the output to be read
    }

    /** Waits for the end of the process, and returns its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The process is still running after " + PATIENCE);
        }
        return process.exitValue();
    }

    /** All lines on standard output, up to the end. */
    List<String> lines() {
        output.lines().forEach(lines::add);
        return List.copyOf(lines);
    }

    /** All lines on standard error, up to the end. */
    List<String> errors() {
        return process.errorReader(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
