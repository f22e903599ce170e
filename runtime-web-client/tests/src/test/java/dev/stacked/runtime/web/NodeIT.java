package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests of the modules that need no page, as {@code npm test} runs them. */
class NodeIT {
    @Test
    void modulesPassTheirTests() throws Exception {
        List<String> tests;
        try (Stream<Path> files = Files.list(Path.of("node"))) {
            tests = files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.js"))
                    .sorted()
                    .toList();
        }

        Node.Result result =
                Node.run(Stream.concat(Stream.of("--test"), tests.stream()).toList());

        assertEquals(0, result.exitCode(), result::output);
        assertTrue(result.output().contains("fail 0"), result::output);
        assertTrue(tests.size() > 3, tests::toString);
    }
}
