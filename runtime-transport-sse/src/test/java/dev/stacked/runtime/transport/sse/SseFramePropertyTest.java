package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import com.sun.net.httpserver.HttpServer;
import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever text events are made of, a client reads just these events and no others. */
final class SseFramePropertyTest {
    @Property(tries = 500)
    void readerOfTheStandardReadsWhatWasWritten(@ForAll("streams") List<EncodedEvent> events) throws IOException {
        SseParser parser = new SseParser(new ByteArrayInputStream(stream(events)));

        List<SseParser.Message> read = new ArrayList<>();
        parser.next().ifPresent(read::add);
        while (read.size() < events.size() + 1 && parser.next().map(read::add).isPresent()) {
            // until the end, or one more than was written
        }

        assertEquals(events.stream().map(SseFramePropertyTest::expected).toList(), read);
        assertEquals("2140", parser.retry());
    }

    private static SseParser.Message expected(EncodedEvent event) {
        return new SseParser.Message(event.id().map(EventId::toString).orElse(null), event.name(), wire(event));
    }

    @Property(tries = 200)
    void readerOfAnotherHandReadsWhatWasWritten(@ForAll("streams") List<EncodedEvent> events) throws Exception {
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

    @Provide
    Arbitrary<List<EncodedEvent>> streams() {
        Arbitrary<EventId> ids = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('0', '9')
                                .alpha()
                                .ofMinLength(1)
                                .ofMaxLength(40),
                        Arbitraries.longs().between(0, Long.MAX_VALUE / 10))
                .as(EventId::new);
        Arbitrary<String> names = Arbitraries.of("snapshot", "stage-runtime", "review-ready", "heartbeat", "X_1-");
        return Combinators.combine(ids.injectNull(0.3), names, hostile(), hostile())
                .as((id, name, key, value) -> EncodedEvent.of(id, name, json(key, value)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static String json(String key, String value) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        return json.put(key, value).put("more", key + value).toString();
    }

    private static Arbitrary<String> hostile() {
        Arbitrary<String> pieces = Arbitraries.of(
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
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(10))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
