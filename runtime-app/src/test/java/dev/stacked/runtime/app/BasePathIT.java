package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stacked.runtime.testkit.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server under a path of its host, alone and behind a real nginx. */
class BasePathIT {
    private static final String BASE = "/runtime/v1";
    private static final String STREAM = "/api/stacks/checkout/runtime/stream";
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    /** The proxy keeps the path. */
    private static final Nginx.Change UNDER_PATH = new Nginx.Change("location / {", "location " + BASE + "/ {");
    /** The proxy removes the path, because of the slash at the end. */
    private static final Nginx.Change STRIPPED =
            new Nginx.Change("proxy_pass http://stacked_runtime;", "proxy_pass http://stacked_runtime/;");

    @TempDir
    Path directory;

    private final RunningApp app = RuntimeApp.run(
            new String[] {"--demo", "--port=0", "--admin-port=0", "--heartbeat-interval=50ms", "--base-path", BASE});

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void everyRouteIsUnderThePathAndAlsoWithoutIt() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        String root = "http://127.0.0.1:" + app.port();

        assertEquals(root + BASE, app.url());
        assertPageLoads(http, root, BASE + "/");
        assertPageLoads(http, root, BASE);
        assertPageLoads(http, root, "/");
        LineStream.open(http, root + BASE + STREAM).awaitLine("event: snapshot");
        LineStream.open(http, root + STREAM).awaitLine("event: snapshot");
        assertEquals(404, get(http, root + "/runtime/").statusCode());
        assertEquals(404, get(http, root + BASE + BASE + "/").statusCode());
    }

    @Test
    void adminServerHasNoBasePath() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        String admin = app.adminUrl().orElseThrow();

        assertEquals(200, get(http, admin + "/health/live").statusCode());
        assertFalse(admin.endsWith(BASE), admin);
    }

    @Test
    void proxyThatKeepsThePathServesPageLibraryAndStreams() throws Exception {
        assertServedBehindNginx(UNDER_PATH);
    }

    @Test
    void proxyThatTakesThePathOffServesPageLibraryAndStreams() throws Exception {
        assertServedBehindNginx(UNDER_PATH, STRIPPED);
    }

    private void assertServedBehindNginx(Nginx.Change... changes) throws Exception {
        assumeTrue("true".equals(System.getenv("CI")) || Nginx.executable().isPresent(), Nginx.ABSENT);
        TestCertificate certificate = TestCertificate.make(directory, "tls", "EC");
        HttpClient http =
                HttpClient.newBuilder().sslContext(certificate.trust()).build();
        try (Nginx nginx =
                Nginx.start(directory, app.port(), certificate.certificateFile(), certificate.keyFile(), changes)) {
            assertPageLoads(http, nginx.url(), BASE + "/");
            String library =
                    get(http, nginx.url() + BASE + "/client/base-url.js").body();
            assertTrue(library.contains("= \"" + BASE + "/\";"), library);
            LineStream.open(http, nginx.url() + BASE + STREAM).awaitLine("event: snapshot");
        }
    }

    /** Every file that the page refers to must exist, and be under the path. */
    private static void assertPageLoads(HttpClient http, String root, String path) throws Exception {
        HttpResponse<String> page = get(http, root + path);
        assertEquals(200, page.statusCode());
        List<String> loaded = LOADED.matcher(page.body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertEquals(3, loaded.size(), loaded::toString);
        for (String file : loaded) {
            assertTrue(file.startsWith(BASE + "/assets/"), file);
            assertEquals(200, get(http, root + file).statusCode(), file);
        }
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
