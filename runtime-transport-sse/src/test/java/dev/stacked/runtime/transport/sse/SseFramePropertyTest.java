package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import com.sun.net.httpserver.HttpServer;
import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** For any text in events, a client reads exactly these events. */
final class SseFramePropertyTest {
    private static final List<String> NAMES = List.of("snapshot", "stage-runtime", "review-ready", "heartbeat", "X_1-");
    private static final String ALPHANUMERIC = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final List<String> PIECES = List.of(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\0",
            "\u0085",
            "\u2028",
            "\u2029",
            "\ufeff",
            ":",
            " ",
            "data: x",
            "id: x-1",
            "event: forged",
            "retry: 1",
            "\"",
            "\\",
            "\\n",
            "🚀",
            "\ud83d",
            "\udc00",
            "</script>");

    @SeededTest(tries = 500)
    void readerOfTheStandardReadsWhatWasWritten(Random random) throws IOException {
        List<EncodedEvent> events = events(random);
        SseParser parser = new SseParser(new ByteArrayInputStream(stream(events)));

        List<SseParser.Message> read = new ArrayList<>();
        parser.next().ifPresent(read::add);
        while (read.size() < events.size() + 1 && parser.next().map(read::add).isPresent()) {
            // until the end, or one more than written
        }

        assertEquals(events.stream().map(SseFramePropertyTest::expected).toList(), read);
        assertEquals("2140", parser.retry());
    }

    private static SseParser.Message expected(EncodedEvent event) {
        return new SseParser.Message(event.id().map(EventId::toString).orElse(null), event.name(), wire(event));
    }

    @SeededTest(tries = 200)
    void readerOfAnotherHandReadsWhatWasWritten(Random random) throws Exception {
        List<EncodedEvent> events = events(random);
        List<String> expected = new ArrayList<>();
        String lastId = null;
        for (EncodedEvent event : events) {
            lastId = event.id().map(EventId::toString).orElse(lastId);
            expected.add(lastId + " " + event.name() + " " + wire(event));
        }

        assertEquals(expected, readWithEventSource(stream(events)));
    }

    private static List<String> readWithEventSource(byte[] stream) throws Exception {
        List<String> read = new ArrayList<>();
        HttpServer server = serve(stream);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (EventSource source = new EventSource.Builder(address).build()) {
            source.start();
            while (true) {
                MessageEvent message = source.readMessage();
                read.add(message.getLastEventId() + " " + message.getEventName() + " " + message.getData());
            }
        } catch (StreamException e) {
            return read; // the end
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer serve(byte[] stream) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, stream.length);
            exchange.getResponseBody().write(stream);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static byte[] stream(List<EncodedEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(array(SseFrame.greeting(2140)));
        events.forEach(event -> bytes.writeBytes(array(event.framed(SseFrame.FRAMING))));
        return bytes.toByteArray();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** UTF-8 has no unpaired surrogates. */
    private static String wire(EncodedEvent event) {
        return new String(event.data().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static List<EncodedEvent> events(Random random) {
        return Stream.generate(() -> event(random)).limit(random.nextInt(1, 9)).toList();
    }

    private static EncodedEvent event(Random random) {
        EventId id = Draw.absentOr(random, SseFramePropertyTest::id);
        return EncodedEvent.of(id, Draw.of(random, NAMES), json(hostile(random), hostile(random)));
    }

    private static EventId id(Random random) {
        return new EventId(Draw.textOf(random, ALPHANUMERIC, 1, 40), Draw.between(random, 0, Long.MAX_VALUE / 10));
    }

    private static String json(String key, String value) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        return json.put(key, value).put("more", key + value).toString();
    }

    private static String hostile(Random random) {
        return Stream.generate(() -> random.nextBoolean() ? Draw.of(random, PIECES) : Draw.text(random, 10))
                .limit(random.nextInt(9))
                .collect(Collectors.joining());
    }
}
