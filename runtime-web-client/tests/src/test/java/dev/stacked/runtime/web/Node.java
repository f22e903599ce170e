package dev.stacked.runtime.web;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Playwright's bundled Node: no installation is needed. */
final class Node {
    private Node() {}

    /**
     * The result of a run.
     *
     * @param exitCode 0 on success
     * @param output everything that it printed
     */
    record Result(int exitCode, String output) {}

    /** Runs Node and waits for its end. */
    static Result run(List<String> arguments) throws IOException, InterruptedException {
        String name = System.getProperty("os.name").startsWith("Windows") ? "node.exe" : "node";
        Path node = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir()
                .resolve(name);
        List<String> command = new ArrayList<>(List.of(node.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
