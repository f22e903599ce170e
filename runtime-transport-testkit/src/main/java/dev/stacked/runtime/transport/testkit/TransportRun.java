package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ClientView;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A server over a scripted upstream, and its clients. Runs in real time, with polls a few milliseconds apart; the time
 * of day in the events stands still.
 */
final class TransportRun implements AutoCloseable {
    static final TransportLimits LIMITS = new TransportLimits(100, Patience.LIMIT);

    final ScriptedReconciler upstream;
    final TransportServer server;
    private final TransportHarness harness;
    private final PolledUpstream polled;
    private final List<HttpConnection> clients = new ArrayList<>();
    private int epochs;

    TransportRun(TransportHarness harness, StreamSettings settings, TransportLimits limits) {
        this(harness, settings, registry -> harness.start(registry, limits));
    }

    /** @param start starts a server of this registry */
    TransportRun(TransportHarness harness, StreamSettings settings, Function<PollerRegistry, TransportServer> start) {
        this.harness = harness;
        this.polled = new PolledUpstream(settings, () -> "epoch" + ++epochs);
        this.upstream = polled.upstream();
        this.server = start.apply(polled.registry());
    }

    ScriptedStack stack() {
        return polled.stack();
    }

    ScriptedStage stage() {
        return polled.stage();
    }

    /** Opens a stream of the stack. */
    StreamClient open() {
        return open("checkout");
    }

    StreamClient open(String stack) {
        return opened(get(encode(stack)), new ClientView());
    }

    /** Resumes the stream of a client with the state {@code view}. */
    StreamClient resume(String lastEventId, ClientView view) {
        return opened(get("checkout", "?lastEventId=" + encode(lastEventId)), view.resumed());
    }

    /** Opens a stream of the stack with a tiny receive buffer. */
    StreamClient openStalled() {
        return opened(get("checkout").withReceiveBuffer(4096), new ClientView());
    }

    private StreamClient opened(HttpConnection.Request request, ClientView view) {
        HttpConnection connection = send(request);
        assertEquals(harness.openStatus(), connection.status(), () -> connection.body());
        return new StreamClient(connection, harness.reader(connection), view);
    }

    HttpConnection.Request get(String encodedId) {
        return get(encodedId, "");
    }

    private HttpConnection.Request get(String encodedId, String query) {
        return request("GET", harness.path(encodedId) + query);
    }

    /** A request for the stack, forwarded by a proxy for this address. */
    HttpConnection.Request getFrom(String address) {
        Map<String, String> headers = new TreeMap<>(harness.requestHeaders());
        headers.put("X-Forwarded-For", address);
        return get("checkout").withHeaders(headers);
    }

    HttpConnection.Request request(String method, String target) {
        return HttpConnection.request(server.base(), method, target).withHeaders(harness.requestHeaders());
    }

    String path(String encodedId) {
        return harness.path(encodedId);
    }

    HttpConnection send(HttpConnection.Request request) {
        HttpConnection connection = request.send();
        clients.add(connection);
        return connection;
    }

    /** Repeats the request until its response has this status. */
    void awaitStatus(HttpConnection.Request request, int wanted) {
        int status = 0;
        for (int attempt = 0; status != wanted && attempt < 5000; attempt++) {
            try (HttpConnection answer = request.send()) {
                status = answer.status();
            }
        }
        assertEquals(wanted, status);
    }

    /** Shuts down like a server: refuses new clients, then closes all streams. */
    void shutDown() {
        server.drain();
        polled.registry().close();
    }

    /** Percent-encodes every byte that is not a letter or a digit. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= 0 && Character.isLetterOrDigit(octet);
            encoded.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
        }
        return encoded.toString();
    }

    @Override
    public void close() {
        clients.forEach(HttpConnection::close);
        polled.registry().close();
        server.close();
        polled.close();
    }
}
