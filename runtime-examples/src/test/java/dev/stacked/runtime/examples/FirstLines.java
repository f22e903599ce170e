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
        try (Stream<String> lines = lines(url)) {
            return lines.filter(line -> !line.isEmpty()).limit(count).toList();
        }
    }

    /** Reads until a line occurs, and hangs up; false if the stream ends before. */
    public static boolean contain(String url, String expected) throws IOException, InterruptedException {
        try (Stream<String> lines = lines(url)) {
            return lines.anyMatch(expected::equals);
        }
    }

    private static Stream<String> lines(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body();
    }
}
