package dev.stacked.runtime.app.internal.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesIT {
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[0-9a-f]{20}/page/page\\.js)\"");
    private static final String LIBRARY = "/client/index.js";

    private static RunningApp app;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--heartbeat-interval=7s"});
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void thePageLetsNothingInFromElsewhereAndNothingInline() throws Exception {
        HttpResponse<byte[]> page = get("/");

        String policy = header(page, "content-security-policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertTrue(policy.contains("require-trusted-types-for 'script'"), policy);
        assertEquals("nosniff", header(page, "x-content-type-options"));
        assertEquals("no-referrer", header(page, "referrer-policy"));
        assertEquals("no-cache", header(page, "cache-control"));
        assertEquals("text/html; charset=utf-8", header(page, "content-type"));
    }

    @Test
    void thePageKnowsTheServerItComesFrom() throws Exception {
        String page = text(get("/"));

        assertTrue(page.contains("&quot;heartbeatIntervalMillis&quot;:7000"), page);
        assertTrue(page.contains("&quot;errorEvent&quot;:&quot;error&quot;"), page);
        assertTrue(page.contains("&quot;mobile app/α&quot;"), page);
        assertTrue(page.contains("&quot;transport&quot;:&quot;sse&quot;"), page);
        assertFalse(page.contains("{{"), page);
    }

    @Test
    void whatThePageLoadsNeedNeverBeAskedForAgain() throws Exception {
        Matcher script = SCRIPT.matcher(text(get("/")));
        assertTrue(script.find());

        HttpResponse<byte[]> loaded = get(script.group(1));

        assertEquals(200, loaded.statusCode());
        assertEquals("public, max-age=31536000, immutable", header(loaded, "cache-control"));
        assertEquals("text/javascript; charset=utf-8", header(loaded, "content-type"));
        assertEquals(
                404,
                get(script.group(1).replaceFirst("[0-9a-f]{20}", "0".repeat(20)))
                        .statusCode());
    }

    @Test
    void theLibraryIsCheckedByItsEntityTag() throws Exception {
        HttpResponse<byte[]> first = get(LIBRARY);
        String etag = header(first, "etag");
        HttpResponse<byte[]> again = get(LIBRARY, "If-None-Match", etag);

        assertEquals("no-cache", header(first, "cache-control"));
        assertEquals("*", header(first, "access-control-allow-origin"));
        assertEquals(304, again.statusCode());
        assertEquals(0, again.body().length);
        assertEquals(etag, header(again, "etag"));
        assertEquals(200, get(LIBRARY, "If-None-Match", "\"another\"").statusCode());
        assertEquals(
                304, get(LIBRARY, "If-None-Match", "\"another\", W/" + etag).statusCode());
    }

    @Test
    void whoeverTakesGzipGetsTheSameCompressed() throws Exception {
        HttpResponse<byte[]> plain = get(LIBRARY);
        HttpResponse<byte[]> compressed = get(LIBRARY, "Accept-Encoding", "br, gzip;q=0.5");
        HttpResponse<byte[]> refused = get(LIBRARY, "Accept-Encoding", "br, gzip;q=0");

        assertEquals("gzip", header(compressed, "content-encoding"));
        assertEquals("Accept-Encoding", header(compressed, "vary"));
        assertEquals("Accept-Encoding", header(plain, "vary"));
        assertNotEquals(header(plain, "etag"), header(compressed, "etag"));
        assertTrue(compressed.body().length < plain.body().length);
        assertArrayEquals(
                plain.body(), new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes());
        assertFalse(refused.headers().firstValue("content-encoding").isPresent());
    }

    @Test
    void streamsAreNeverCompressed() throws Exception {
        HttpResponse<?> stream = http.send(
                request("/api/stacks/checkout/runtime/stream", "Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofInputStream());

        assertFalse(stream.headers().firstValue("content-encoding").isPresent());
        ((java.io.InputStream) stream.body()).close();
    }

    @Test
    void headIsAnsweredWithoutTheBody() throws Exception {
        HttpResponse<byte[]> head = http.send(
                request(LIBRARY).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertEquals(Integer.toString(get(LIBRARY).body().length), header(head, "content-length"));
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        HttpResponse<byte[]> posted =
                http.send(request("/").POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofByteArray());

        assertEquals(405, posted.statusCode());
        assertEquals("GET, HEAD", header(posted, "allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/client/",
                "/client/nothing.js",
                "/client/%2e%2e/page/page.js",
                "/client/..%2fpage%2fpage.js",
                "/client/panel/../../page/page.js",
                "/assets/x/page/index.html",
                "/page/page.js",
                "/package.json"
            })
    void nothingElseIsServed(String path) throws Exception {
        assertEquals(404, get(path).statusCode());
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return http.send(request(path, headers).build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(app.url() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
