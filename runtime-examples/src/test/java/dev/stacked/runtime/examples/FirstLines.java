package dev.stacked.runtime.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The first lines of a response. */
public final class FirstLines {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FirstLines() {}

    /** Reads the first lines that are not empty, and hangs up. */
    public static List<String> of(String url, int count) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()) {
            return lines.filter(line -> !line.isEmpty()).limit(count).toList();
        }
    }
}
