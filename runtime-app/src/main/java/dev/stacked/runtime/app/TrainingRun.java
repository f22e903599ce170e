package dev.stacked.runtime.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The command that trains a class data archive or an AOT cache: it starts the server on free ports of the loopback
 * interface with the demo upstream, reads what clients and operators read, and stops it. The process then ends by
 * itself, and the JVM writes the archive.
 */
public final class TrainingRun {
    private static final String EVENTS = "/api/stacks/checkout/runtime/stream";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private TrainingRun() {}

    /**
     * Runs the server once.
     *
     * @param args none
     * @throws IOException if the server does not answer; the process then ends with exit code 1
     */
    public static void main(String[] args) throws IOException {
        String[] options = {"--demo", "--host", "127.0.0.1", "--port", "0", "--admin-port", "0", "--drain-window", "0s"
        };
        try (RunningApp app = RuntimeApp.run(options)) {
            readLines(app.url() + EVENTS, "event: snapshot");
            readAll(app.url() + "/");
            for (String page : new String[] {"/health/ready", "/pollers", "/metrics"}) {
                readAll(app.adminUrl().orElseThrow() + page);
            }
        }
    }

    private static void readLines(String url, String last) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(url), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.equals(last)) {
                line = lines.readLine();
            }
        }
    }

    private static void readAll(String url) throws IOException {
        try (InputStream body = open(url)) {
            body.readAllBytes();
        }
    }

    private static InputStream open(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        return connection.getInputStream();
    }
}
