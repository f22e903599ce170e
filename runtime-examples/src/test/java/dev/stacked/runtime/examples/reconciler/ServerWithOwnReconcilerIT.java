package dev.stacked.runtime.examples.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.examples.FirstLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerWithOwnReconcilerIT {
    private static final String LISTENING = "Listening on ";

    @Test
    void oneBindingReplacesTheUpstream() throws Exception {
        Process server = start("--port", "0", "--poll-interval", "50ms", "--admin-port", "off");
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            String first = output.readLine();
            assertTrue(first.startsWith(LISTENING), first);
            String url = first.substring(LISTENING.length());
            List<String> lines = FirstLines.of(url + "/api/stacks/counter/runtime/stream", 8);

            assertTrue(lines.contains("event: snapshot"), lines::toString);
            assertTrue(lines.contains("event: stage-runtime"), lines::toString);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void wrongOptionIsOneLineAndExitCodeTwo() throws Exception {
        Process server = start("--prot", "1");

        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(2, server.exitValue());
        List<String> errors = server.errorReader(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).contains("'--prot'"), errors::toString);
    }

    @Test
    void helpGoesToStandardOutput() throws Exception {
        Process server = start("--help");

        List<String> lines = server.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, server.exitValue());
        assertTrue(lines.size() > 20, lines::toString);
        assertEquals(
                List.of(), server.errorReader(StandardCharsets.UTF_8).lines().toList());
    }

    private static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerWithOwnReconciler.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }
}
