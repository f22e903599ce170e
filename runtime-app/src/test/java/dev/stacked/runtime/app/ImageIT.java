package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final Path DOCKERFILE = Path.of("..", "packaging", "docker", "Dockerfile");
    private static final Path UNIT = Path.of("..", "packaging", "systemd", "stacked-runtime.service");

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
        List<String> command = texts(config.get("Entrypoint"));

        assertEquals("java", command.get(0));
        assertEquals(
                List.of("-cp", "@/app/jib-classpath-file", "dev.stacked.runtime.app.Main"),
                command.subList(command.size() - 3, command.size()));
        assertTrue(jvmFlags(command).stream().allMatch(flag -> flag.startsWith("-XX:")), command::toString);
    }

    private static List<String> jvmFlags(List<String> command) {
        return command.subList(1, command.size() - 3);
    }

    @Test
    void itEndsWhenItsMemoryDoes() {
        assertTrue(jvmFlags(texts(config.get("Entrypoint"))).contains("-XX:+ExitOnOutOfMemoryError"));
    }

    /** The JVM reports a variable with flags on the first line of the log, which is then not JSON. */
    @Test
    void noVariableHasFlagsOfTheJvm() {
        List<String> environment = texts(config.get("Env"));

        assertTrue(environment.stream().noneMatch(variable -> variable.contains("-XX:")), environment::toString);
    }

    @Test
    void unitHasTheFlagsOfTheImageOnItsCommandLineToo() throws Exception {
        List<String> unit = Files.readAllLines(UNIT);
        List<String> flags = unit.stream()
                .filter(line -> line.startsWith("Environment="))
                .flatMap(line -> Stream.of(
                        line.replaceAll("^Environment=\"JVM_FLAGS=|\"$", "").split(" ")))
                .toList();

        assertTrue(unit.contains(
                "ExecStart=/usr/bin/java $JVM_FLAGS $ARCHIVE_FLAG -jar /opt/stacked-runtime/runtime-app.jar"));
        assertTrue(
                flags.containsAll(jvmFlags(texts(config.get("Entrypoint"))).stream()
                        .filter(flag -> !flag.contains("Percentage"))
                        .toList()),
                flags::toString);
    }

    /** {@code -Pimage} adds the flag for headers, which Java 17 does not know. */
    @Test
    void imageWithACacheHasTheCommandOfTheImage() throws Exception {
        String dockerfile = Files.readString(DOCKERFILE).replace("\\\n", "");
        String entrypoint = dockerfile
                .lines()
                .filter(line -> line.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        List<String> command =
                new ArrayList<>(texts(JsonMapper.shared().readTree(entrypoint.substring("ENTRYPOINT ".length()))));

        assertTrue(command.remove("-XX:AOTCache=/app/runtime.aot"));
        assertTrue(command.remove("-XX:+UseCompactObjectHeaders"));
        assertEquals(texts(config.get("Entrypoint")), command);
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

        List<String> entry = texts(config.get("Entrypoint"));
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(jvmFlags(entry));
        command.addAll(List.of("-cp", here, entry.get(entry.size() - 1), "--version"));

        String version = run(command.toArray(String[]::new));

        assertTrue(version.startsWith("runtime-app "), version);
        assertTrue(
                Stream.of(classpath.split(":")).noneMatch(part -> Files.isDirectory(Path.of(root + part))),
                "Archives of classes support no folders: " + classpath);
    }
}
