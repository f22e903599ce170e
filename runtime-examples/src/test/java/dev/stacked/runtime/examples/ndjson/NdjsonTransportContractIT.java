package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.EventReader;
import dev.stacked.runtime.testkit.HttpConnection;
import dev.stacked.runtime.testkit.ReceivedEvent;
import dev.stacked.runtime.testkit.TransportContract;
import dev.stacked.runtime.testkit.TransportHarness;
import dev.stacked.runtime.testkit.TransportLimits;
import dev.stacked.runtime.testkit.TransportServer;
import dev.stacked.runtime.transport.undertow.AllowedOrigins;
import dev.stacked.runtime.transport.undertow.Routes;
import dev.stacked.runtime.transport.undertow.StreamAdmission;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import dev.stacked.runtime.transport.undertow.StreamLimits;
import io.undertow.Undertow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The transport keeps every promise that the transports of the project keep. */
class NdjsonTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new TransportHarness() {
            @Override
            public TransportServer start(PollerRegistry registry, TransportLimits limits) {
                return new Server(registry, limits);
            }

            @Override
            public String path(String encodedId) {
                return "/api/stacks/" + encodedId + "/runtime/ndjson";
            }

            @Override
            public EventReader reader(HttpConnection opened) {
                return new LineReader(
                        new BufferedReader(new InputStreamReader(opened.in(), StandardCharsets.UTF_8), 256));
            }
        };
    }

    private record LineReader(BufferedReader lines) implements EventReader {
        @Override
        public @Nullable ReceivedEvent next() throws IOException {
            String line = lines.readLine();
            while (line != null && line.isEmpty()) {
                line = lines.readLine();
            }
            if (line == null) {
                return null;
            }
            JsonNode json = JsonMapper.shared().readTree(line);
            String id = json.has("id") ? json.get("id").stringValue() : null;
            return new ReceivedEvent(
                    id, json.get("event").stringValue(), json.get("data").toString());
        }
    }

    private static final class Server implements TransportServer {
        private final StreamAdmission admission;
        private final Undertow undertow;

        Server(PollerRegistry registry, TransportLimits limits) {
            admission = new StreamAdmission(StreamLimits.of(limits.maxStreams()), new Random(1), () -> 0);
            StreamHandler handler = new StreamHandler(
                    registry, admission, limits.writeTimeout(), new AllowedOrigins(List.of()), new NdjsonTransport());
            undertow = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setIoThreads(2)
                    .setSocketOption(Options.SEND_BUFFER, 16 * 1024)
                    .setHandler(new Routes(Map.of("/api/stacks/{id}/runtime/ndjson", handler)))
                    .build();
            undertow.start();
        }

        @Override
        public URI base() {
            InetSocketAddress address =
                    (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
            return URI.create("http://127.0.0.1:" + address.getPort());
        }

        @Override
        public void drain() {
            admission.drain();
        }

        @Override
        public void close() {
            undertow.stop();
        }
    }
}
