package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainIT {
    @TempDir
    Path directory;

    @Test
    void sigtermEndsOpenStreamsAndTheProcessWithinTenSeconds() throws Exception {
        try (AppProcess app = AppProcess.start("--demo", "--port", "0");
                SseClient client = SseClient.open(streamOf(app.awaitPort()))) {
            client.next("snapshot");

            long start = System.nanoTime();
            app.terminate();

            assertEquals(143, app.awaitExit());
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
            client.awaitEnd();
            assertEquals(1, app.lines().size(), "lines on standard output");
        }
    }

    @Test
    void wrongOptionsAreOneLineOnStandardErrorAndExitCodeTwo() throws Exception {
        assertFails(2, "Unknown option '--bogus'; --help lists all options.", "--bogus");
        assertFails(2, "One of --upstream URL and --demo is required.");
        Path file = Files.writeString(directory.resolve("app.conf"), "demo=true\npoll-interval=fast");
        assertFails(
                2,
                "--poll-interval 'fast' (key 'poll-interval' in " + file + ", line 2) must be a whole number and a unit"
                        + " (ms, s, m or h), from 10ms to 24h, such as 200ms or 2s.",
                "--config",
                file.toString());
    }

    @Test
    void aPortThatIsTakenIsOneLineOnStandardErrorAndExitCodeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(
                    1,
                    "Cannot listen on --host 127.0.0.1 --port " + port + ": Address already in use.",
                    "--demo",
                    "--port",
                    port);
        }
    }

    @Test
    void variableThatNamesNoOptionIsOneWarning() throws Exception {
        try (AppProcess app =
                AppProcess.startWith("RUNTIME_PROT", "secret", "--demo", "--port=0", "--admin-port=off")) {
            app.awaitPort();
            app.terminate();
            app.awaitExit();

            List<String> warnings =
                    app.errors().stream().filter(line -> line.contains("WARN")).toList();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(
                    warnings.get(0)
                            .endsWith("Ignored environment variables that name no option:"
                                    + " RUNTIME_PROT (did you mean RUNTIME_PORT?)"),
                    warnings::toString);
        }
    }

    @Test
    void helpAndVersionGoToStandardOutput() throws Exception {
        try (AppProcess help = AppProcess.start("--help");
                AppProcess version = AppProcess.start("--version")) {
            assertEquals(0, help.awaitExit());
            assertEquals(List.of(), help.errors());
            assertTrue(help.lines().size() > 20);
            assertEquals(0, version.awaitExit());
            assertEquals(List.of(), version.errors());
            assertEquals(1, version.lines().size());
        }
    }

    private static void assertFails(int exitCode, String line, String... args) throws Exception {
        try (AppProcess app = AppProcess.start(args)) {
            assertEquals(exitCode, app.awaitExit());
            assertEquals(List.of(line), app.errors());
            assertEquals(List.of(), app.lines());
        }
    }

    private static String streamOf(int port) {
        return "http://127.0.0.1:" + port + "/api/stacks/checkout/runtime/stream";
    }
}
