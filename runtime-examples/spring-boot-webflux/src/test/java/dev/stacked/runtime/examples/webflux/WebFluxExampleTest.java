package dev.stacked.runtime.examples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class WebFluxExampleTest {
    private static final String STACK = """
            {"data":{"stack":{"id":"checkout","stages":[{"id":"s1","title":"Pay by card","status":"not-started"}]}}}
            """;
    private static final String MISSING = """
            {"error":{"code":"not-found","message":"Stack not found."}}
            """;

    private HttpServer upstream;
    private ConfigurableApplicationContext app;

    @BeforeEach
    void start() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/api/stacks/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().startsWith("/api/stacks/checkout");
            byte[] body = (known ? STACK : MISSING).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        upstream.start();
        String url = "http://127.0.0.1:" + upstream.getAddress().getPort();
        app = SpringApplication.run(
                WebFluxExample.class,
                "--server.port=0",
                "--upstream=" + url,
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn");
    }

    @AfterEach
    void stop() {
        app.close();
        upstream.stop(0);
    }

    private HttpResponse<InputStream> get(String stack) throws Exception {
        String port = app.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/stacks/" + stack + "/runtime/stream");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Boot's own shutdown timeout is 30 s. */
    @Test
    @Timeout(20)
    void streamsBeginWithASnapshotAndEndBeforeTheServerShutsDown() throws Exception {
        HttpResponse<InputStream> stream = get("checkout");
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (!line.startsWith("data:")) {
            line = lines.readLine();
        }
        assertThat(line).contains("Pay by card");

        app.close();

        while (line != null) {
            line = lines.readLine();
        }
    }

    @Test
    @Timeout(20)
    void unknownStacksAreNotFound() throws Exception {
        assertThat(get("no-such-stack").statusCode()).isEqualTo(404);
    }
}
