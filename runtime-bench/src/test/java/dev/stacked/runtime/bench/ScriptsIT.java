package dev.stacked.runtime.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs each script with a small load on the app's jar: the C programs build, and all changes reach all clients. */
@EnabledOnOs(OS.LINUX)
final class ScriptsIT {
    private static final String ABSENT = "No C compiler: install one (Debian: apt-get install gcc libc6-dev).";

    @TempDir
    private Path directory;

    @BeforeEach
    void needsCompiler() {
        boolean found =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "cc")));
        assumeTrue("true".equals(System.getenv("CI")) || found, ABSENT);
    }

    @Test
    void everyChangeReachesEveryClientBySseAndWebSocket() throws Exception {
        Run run = run(List.of("ROUNDS=1", "RATE_MS=600", "CHANGES=5"), "fan-out.sh", "50", "1", "8");

        assertEquals(0, run.status, run.output);
        assertEquals(
                List.of("floor 1 15/15", "sse 1 5/5", "ws 1 5/5", "floor 8 15/15", "sse 8 5/5", "ws 8 5/5"),
                Pattern.compile("^(floor|sse|ws) +(\\d) +(\\d+/\\d+) ", Pattern.MULTILINE)
                        .matcher(run.output)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                        .toList(),
                run.output);
    }

    @Test
    void idleStreamsStayOpen() throws Exception {
        Run run = run(List.of("WARM_STACKS=20", "WARM_SECONDS=2", "IDLE_SETTLE=1"), "idle.sh", "50", "2");

        assertEquals(0, run.status, run.output);
        assertTrue(run.figure("idle_us_per_stream_s") >= 0, run.output);
    }

    @Test
    void smallStackIsServedBesideALargeOne() throws Exception {
        Run run = run("small-beside-large.sh", "50");

        assertEquals(0, run.status, run.output);
        assertEquals(5, run.figure("complete"), run.output);
        assertEquals(5, run.figure("small_received"), run.output);
    }

    @Test
    void manyStacksArePolled() throws Exception {
        Run run = run(List.of("WARM_SECONDS=3", "ADMIN_PORT=" + freePort()), "polling.sh", "20", "5");

        assertEquals(0, run.status, run.output);
        assertTrue(run.figure("us_per_call") > 0, run.output);
        assertTrue(run.output.contains(" KB per stack"), run.output);
    }

    @Test
    void manyStacksAreServed() throws Exception {
        Run run = run(List.of("RATE_MS=2500", "CHANGES=5"), "many-stacks.sh", "20");

        assertEquals(0, run.status, run.output);
        assertEquals(5, run.figure("complete"), run.output);
    }

    /** With changes faster than polls, most changes reach no client. */
    @Test
    void scriptFailsIfAChangeReachesNoClient() throws Exception {
        Run run = run(List.of("RATE_MS=20", "CHANGES=20"), "small-beside-large.sh", "10");

        assertNotEquals(0, run.status, run.output);
        assertTrue(run.output.contains("Incomplete: "), run.output);
    }

    private Run run(String script, String... arguments) throws IOException, InterruptedException {
        return run(List.of("RATE_MS=600", "CHANGES=5"), script, arguments);
    }

    private Run run(List<String> settings, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(settings);
        command.addAll(List.of("WARMUP=2", "COMPILE_CHANGES=2", "SETTLE=0"));
        for (String port : List.of("SERVER_PORT", "FLOOR_PORT", "UPSTREAM_PORT")) {
            command.add(port + "=" + freePort());
        }
        command.addAll(List.of("bash", script));
        command.addAll(List.of(arguments));
        Path output = directory.resolve(script + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS), () -> script + " does not end: " + read(output));
        } finally {
            process.destroy();
        }
        return new Run(process.exitValue(), read(output));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String read(Path output) {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private record Run(int status, String output) {
        double figure(String name) {
            List<MatchResult> found = Pattern.compile("\\b" + name + "=(\\S+)")
                    .matcher(output)
                    .results()
                    .toList();
            assertEquals(1, found.size(), name + " in " + output);
            return Double.parseDouble(found.get(0).group(1));
        }
    }
}
