package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Examines a server process from outside: its admin port, {@code /proc} and {@code jcmd}. */
final class VitalsProbe {
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(3);
    private static final int JCMD_SECONDS = 10;
    private static final String DIRECT = "jvm_buffer_memory_used_bytes{id=\"direct\"}";
    private static final List<String> GAUGES =
            List.of("runtime_streams", "runtime_subscribers", "runtime_pollers", "runtime_stacks");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final List<String> OURS = List.of(
            "dev.stacked.runtime.transport.",
            "dev.stacked.runtime.core.StackSubscription",
            "io.undertow.server.HttpServerExchange");

    private static final String STREAM = "dev.stacked.runtime.transport.undertow.ClientStream";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ADMIN_TIMEOUT).build();
    private final ServerProcess server;

    VitalsProbe(ServerProcess server) {
        this.server = server;
    }

    /** Whether objects of this class must disappear with their stream. */
    static boolean isOurs(String className) {
        return OURS.stream().anyMatch(className::startsWith);
    }

    /** Collects garbage and measures. */
    Vitals measure() throws IOException, InterruptedException {
        Map<String, long[]> histogram = histogram();
        Map<String, Double> metrics = metrics();
        Map<String, Double> gauges = new TreeMap<>();
        GAUGES.forEach(name -> gauges.put(name, sum(metrics, name)));
        int ours = histogram.entrySet().stream()
                .filter(entry -> isOurs(entry.getKey()))
                .mapToInt(entry -> (int) entry.getValue()[0])
                .sum();
        Map<String, Long> bytes = new TreeMap<>();
        histogram.forEach((name, row) -> bytes.put(name, row[1]));
        long heap = histogram.values().stream().mapToLong(row -> row[1]).sum();
        return new Vitals(
                heap,
                metrics.getOrDefault(DIRECT, 0.0).longValue(),
                resident(),
                entries("fd"),
                entries("task"),
                ours,
                (int) histogram.getOrDefault(STREAM, new long[1])[0],
                gauges,
                bytes);
    }

    /** Bytes of direct buffers, without a preceding collection. */
    long direct() throws IOException, InterruptedException {
        return metrics().getOrDefault(DIRECT, 0.0).longValue();
    }

    /** Resident bytes of the process. */
    long resident() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(SPACES.split(line, -1)[1]) << 10)
                .findFirst()
                .orElse(0);
    }

    private int entries(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(proc(directory))) {
            return (int) entries.count();
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(server.pid()), file);
    }

    private static double sum(Map<String, Double> metrics, String name) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private Map<String, Double> metrics() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ADMIN_TIMEOUT).build();
        Map<String, Double> samples = new TreeMap<>();
        http.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
                });
        return samples;
    }

    /** Instances and bytes of each class, of reachable objects only: the tool makes the JVM collect garbage first. */
    private Map<String, long[]> histogram() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Path output = Files.createTempFile("histogram", ".txt");
        Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("The server answered no diagnostic command within " + JCMD_SECONDS + " s.");
            }
            return classes(Files.readAllLines(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static Map<String, long[]> classes(List<String> lines) throws IOException {
        Map<String, long[]> classes = new TreeMap<>();
        lines.stream()
                .map(line -> SPACES.split(line.strip(), -1))
                .filter(row -> row.length >= 4 && row[0].endsWith(":") && Character.isDigit(row[1].charAt(0)))
                .forEach(row -> classes.put(row[3], new long[] {Long.parseLong(row[1]), Long.parseLong(row[2])}));
        if (classes.isEmpty()) {
            throw new IOException("No histogram: " + lines);
        }
        return classes;
    }
}
