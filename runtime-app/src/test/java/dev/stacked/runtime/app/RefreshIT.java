package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshIT {
    private static final int CHANGES = 200;
    /** Enough stacks to stay below the refresh limit of each. */
    private static final int STACKS = 50;

    private final ScriptedUpstream upstream = new ScriptedUpstream().stage("a", "in-progress");
    private final RunningApp app = RuntimeApp.run(
            new String[] {"--upstream=" + upstream.url(), "--port=0", "--poll-interval=24h", "--drain-window=0s"});
    private final HttpClient backend = HttpClient.newHttpClient();
    private final List<RawStream> streams = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawStream stream : streams) {
            stream.close();
        }
        app.close();
        upstream.close();
    }

    /** Prints the latencies for docs/performance.md; asserts that changes arrive although polls are a day apart. */
    @Test
    void changesAreToldWithoutWaitingForAPoll() throws Exception {
        for (int stack = 0; stack < STACKS; stack++) {
            RawStream stream = RawStream.open(app.port(), "s" + stack);
            streams.add(stream);
            stream.readUntil("event: snapshot");
        }

        List<Duration> latencies = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            latencies.add(changeToBytes(change));
        }

        List<Duration> sorted = latencies.stream().sorted().toList();
        System.out.printf(
                "Change to bytes at the client, %d changes: median %s, p99 %s, longest %s%n",
                CHANGES,
                micros(sorted.get(CHANGES / 2)),
                micros(sorted.get(CHANGES * 99 / 100 - 1)),
                micros(sorted.get(CHANGES - 1)));
    }

    private Duration changeToBytes(int change) throws IOException {
        int stack = change % STACKS;
        upstream.note("change-" + change + ".");
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<Void>> accepted = refresh("s" + stack);
        streams.get(stack).readUntil("change-" + change + ".");
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(202, accepted.join().statusCode());
        return latency;
    }

    private CompletableFuture<HttpResponse<Void>> refresh(String stack) {
        URI uri = URI.create(app.url() + "/api/stacks/" + stack + "/runtime/refresh");
        HttpRequest request =
                HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
        return backend.sendAsync(request, BodyHandlers.discarding());
    }

    private static String micros(Duration latency) {
        return latency.toNanos() / 1000 + " µs";
    }
}
