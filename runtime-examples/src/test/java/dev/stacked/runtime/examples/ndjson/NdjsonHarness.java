package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.transport.testkit.EventReader;
import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.HttpConnection;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import dev.stacked.runtime.transport.testkit.ReceivedEvent;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts this transport for the contracts. */
final class NdjsonHarness implements GuardedTransportHarness {
    @Override
    public OneTransportServer start(PollerRegistry registry, TransportLimits limits, ScriptedAccess access) {
        return new OneTransportServer(path("{id}"), new NdjsonTransport(), registry, limits, access);
    }

    @Override
    public String path(String encodedId) {
        return "/api/stacks/" + encodedId + "/runtime/ndjson";
    }

    @Override
    public EventReader reader(HttpConnection opened) {
        return new LineReader(new BufferedReader(new InputStreamReader(opened.in(), StandardCharsets.UTF_8), 256));
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
}
