package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The layout of the container image, run with the Java of this machine, since the layout has none. */
class ImageIT {
    private static final Path IMAGE = Path.of("target", "runtime-image.tar");

    @TempDir
    Path directory;

    private JsonNode config;

    @BeforeEach
    void unpack() throws Exception {
        run("tar", "-xf", IMAGE.toAbsolutePath().toString(), "-C", directory.toString());
        config = json("config.json").get("config");
    }

    private JsonNode json(String file) {
        return JsonMapper.shared().readTree(directory.resolve(file).toFile());
    }

    /** Output of the process, which must end successfully. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    @Test
    void itRunsAsNobodyInParticular() {
        assertEquals("10001:10001", config.get("User").stringValue());
    }

    /** A shell between would swallow SIGTERM. */
    @Test
    void itsFirstProcessIsTheJvm() {
        assertEquals(
                List.of("java", "-cp", "@/app/jib-classpath-file", "dev.stacked.runtime.app.Main"),
                texts(config.get("Entrypoint")));
    }

    @Test
    void itListensToTheOutsideOnBothPorts() {
        assertEquals(
                List.of("8080/tcp", "9464/tcp"),
                config.get("ExposedPorts")
                        .propertyStream()
                        .map(port -> port.getKey())
                        .sorted()
                        .toList());
        List<String> environment = texts(config.get("Env"));
        assertTrue(environment.contains("RUNTIME_HOST=0.0.0.0"), environment::toString);
        assertTrue(environment.contains("RUNTIME_ADMIN_HOST=0.0.0.0"), environment::toString);
    }

    @Test
    void whatItHoldsIsEnoughToStart() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        for (String layer : texts(json("manifest.json").get(0).get("Layers"))) {
            run("tar", "-xzf", directory.resolve(layer).toString(), "-C", root.toString());
        }
        String classpath =
                Files.readString(root.resolve("app/jib-classpath-file")).strip();
        String here = String.join(
                ":", Stream.of(classpath.split(":")).map(entry -> root + entry).toList());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        String version = run(java, "-cp", here, texts(config.get("Entrypoint")).get(3), "--version");

        assertTrue(version.startsWith("runtime-app "), version);
        assertTrue(Files.isRegularFile(root.resolve("app/classes/dev/stacked/runtime/app/HealthCheck.class")));
    }
}
