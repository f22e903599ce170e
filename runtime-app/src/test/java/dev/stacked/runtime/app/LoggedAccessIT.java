package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of requests and streams: by whom, and why they are refused. */
class LoggedAccessIT {
    private static final String STREAM = "/api/stacks/checkout/runtime/stream";
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LogLines requests = LogLines.of("transport.undertow.AccessFilter", Level.INFO);
    private final LogLines streams = LogLines.of("transport.undertow.ClientStream", Level.DEBUG);
    private final LogLines tokens = LogLines.of("access.jwt.TokenVerifier", Level.DEBUG);

    @AfterEach
    void stopListening() {
        requests.close();
        streams.close();
        tokens.close();
    }

    private static HttpRequest.Builder request(RunningApp app) {
        return HttpRequest.newBuilder(URI.create(app.url() + STREAM)).timeout(Duration.ofSeconds(20));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    @Test
    void refusedTokenIsExplainedByClaimAndNeverShown() throws Exception {
        TestTokens known = new TestTokens();
        String token = known.token(LATER, "");
        List<String> options = new ArrayList<>(known.keyOptions(directory));
        options.remove("--jwt-audience=you");
        options.addAll(List.of("--jwt-audience=other", "--demo", "--port=0"));
        try (RunningApp app = RuntimeApp.run(options.toArray(String[]::new))) {
            assertEquals(401, status(request(app).header("Authorization", "Bearer " + token)));

            String line = tokens.nextText();
            assertEquals("DEBUG A token is refused: aud is 'you', expected 'other'", line);
            String refusal = requests.nextText();
            assertEquals(
                    "INFO Refused GET " + STREAM + " of 127.0.0.1: unauthenticated: The token is not valid.", refusal);
        }
    }

    @Test
    void refusalsHaveOneLineForEachReasonInAMinute() throws Exception {
        try (RunningApp app = RuntimeApp.run(new TestTokens().options(directory))) {
            for (int i = 0; i < 5; i++) {
                assertEquals(401, status(request(app)));
            }

            assertEquals(
                    "INFO Refused GET " + STREAM + " of 127.0.0.1: unauthenticated: A token is required.",
                    requests.nextText());
            assertEquals(List.of(), requests.rest());
        }
    }

    @Test
    void foreignOriginHasOneLineInAMinute() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=off"})) {
            for (String origin : List.of("https://a.example", "https://b.example", "https://a.example")) {
                assertEquals(200, status(request(app).header("Origin", origin)));
            }
            assertEquals(200, status(request(app).header("Origin", app.url())));

            for (String origin : List.of("https://a.example", "https://b.example")) {
                assertEquals(
                        "INFO A page of the origin '" + origin + "' may not read streams, as --allowed-origin does not"
                                + " list it; its client is 127.0.0.1",
                        requests.nextText());
            }
            assertEquals(List.of(), requests.rest());
        }
    }

    @Test
    void linesOfAStreamNameItsClientAndPrincipalAndNoToken() throws Exception {
        TestTokens known = new TestTokens();
        String token = known.token("ann\\r\\nbob", LATER, "");
        try (RunningApp app = RuntimeApp.run(known.options(directory))) {
            assertEquals(200, status(request(app).header("Authorization", "Bearer " + token)));

            assertEquals("DEBUG " + STREAM + " of 127.0.0.1 as 'ann??bob': opened", streams.nextText());
            assertEquals("DEBUG " + STREAM + " of 127.0.0.1 as 'ann??bob': closed", streams.nextText());
        }
    }
}
