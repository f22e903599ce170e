package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exact first bytes of a stream. */
final class SseHeadIT {
    private static final Pattern GREETING = Pattern.compile("retry: ([0-9]{4})\n: connected\n");

    private final SseRun run = new SseRun();

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void headIsThatOfTheContractAndNothingElse() {
        assertIsStreamHead(run.send("GET", SseRun.STREAM).head());
    }

    @Test
    void streamIsNeverCompressed() {
        assertIsStreamHead(run.send("GET", SseRun.STREAM, "Accept-Encoding: gzip, deflate, br")
                .head());
    }

    private static void assertIsStreamHead(ResponseHead head) {
        assertEquals("HTTP/1.1 200 OK", head.statusLine());
        Map<String, String> headers = new TreeMap<>(head.headers());
        headers.remove("Date");
        assertEquals(
                Map.of(
                        "Content-Type", "text/event-stream; charset=utf-8",
                        "Cache-Control", "no-store, no-transform",
                        "X-Accel-Buffering", "no",
                        "Vary", "Origin",
                        "Connection", "close"),
                headers);
    }

    @Test
    void greetingComesThoughThereIsNoEventYet() {
        RawClient first = run.open();
        first.block();
        RawClient upToDate = run.send("GET", SseRun.STREAM, "Last-Event-ID: epoch-1");

        upToDate.head();

        assertTrue(GREETING.matcher(SseRun.greeting(upToDate)).matches());
        run.stage().todos(1, 1);
        assertTrue(upToDate.block().startsWith("id: epoch-2\nevent: stage-runtime\n"));
    }

    @Test
    void retryDiffersFromClientToClientWithinTwoToFourSeconds() {
        Set<Integer> retries = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            RawClient client = run.send("GET", SseRun.STREAM);
            client.head();
            Matcher greeting = GREETING.matcher(SseRun.greeting(client));
            assertTrue(greeting.matches());
            retries.add(Integer.valueOf(greeting.group(1)));
        }

        assertTrue(retries.stream().allMatch(retry -> retry >= 2000 && retry <= 4000), retries::toString);
        assertTrue(retries.size() > 20, retries::toString);
    }

    @Test
    void clientOfHttp10GetsTheSameStream() {
        RawClient client = run.connect().send("GET " + SseRun.STREAM + " HTTP/1.0\r\n\r\n");

        ResponseHead head = client.head();

        assertTrue(head.statusLine().endsWith(" 200 OK"), head.statusLine());
        assertNull(head.headers().get("Transfer-Encoding"));
        assertTrue(GREETING.matcher(SseRun.greeting(client)).matches());
        assertTrue(client.block().startsWith("id: epoch-1\nevent: snapshot\n"));
    }

    @Test
    void requestInAbsoluteFormGetsTheSameStream() {
        URI base = run.server.base();
        RawClient client = run.connect()
                .send("GET %s%s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(base, SseRun.STREAM, base.getAuthority()));

        assertIsStreamHead(client.head());
    }

    @Test
    void headRequestGetsTheHeadersAndNoBody() {
        RawClient client = run.send("HEAD", SseRun.STREAM);

        assertIsStreamHead(client.head());
        assertEquals("", client.rest());
        assertEquals(0, run.upstream.callCount());
        assertEquals(0, run.server.openStreams());
    }

    @Test
    void optionsRequestNamesTheMethods() {
        RawClient client = run.send("OPTIONS", SseRun.STREAM);

        ResponseHead head = client.head();
        client.halfClose();

        assertEquals("HTTP/1.1 204 No Content", head.statusLine());
        assertEquals("GET, HEAD, OPTIONS", head.headers().get("Allow"));
        assertEquals("", client.rest());
    }
}
