package dev.stacked.runtime.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Reads the pages of an app's admin server. */
final class AdminClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    AdminClient(RunningApp app) {
        this.url = app.adminUrl().orElseThrow();
    }

    HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", accept)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Scrapes the metrics: each sample's value by its name and labels, as written. */
    Map<String, Double> scrape() throws IOException, InterruptedException {
        Map<String, Double> samples = new HashMap<>();
        get("/metrics", "*/*")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
                });
        return samples;
    }

    /** Scrapes until the awaited samples appear, and returns them. */
    Map<String, Double> scrapeUntil(Predicate<Map<String, Double>> there) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Map<String, Double> samples = scrape();
        while (!there.test(samples)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("Still missing from: " + samples);
            }
            Thread.onSpinWait();
            samples = scrape();
        }
        return samples;
    }
}
