package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.transport.testkit.EventReader;
import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.HttpConnection;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import dev.stacked.runtime.transport.testkit.ReceivedEvent;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts this transport for the contracts. */
final class WebSocketHarness implements GuardedTransportHarness {
    @Override
    public OneTransportServer start(PollerRegistry registry, TransportLimits limits, ScriptedAccess access) {
        return new OneTransportServer(
                path("{id}"), new WebSocketTransport(OneTransportServer.ORIGINS), registry, limits, access);
    }

    @Override
    public String path(String encodedId) {
        return "/api/stacks/" + encodedId + "/runtime/ws";
    }

    @Override
    public Map<String, String> requestHeaders() {
        return Map.of(
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Override
    public int openStatus() {
        return 101;
    }

    @Override
    public EventReader reader(HttpConnection opened) {
        return () -> next(opened);
    }

    private static @Nullable ReceivedEvent next(HttpConnection connection) throws IOException {
        for (Frame frame = Frame.read(connection.in()); ; frame = Frame.read(connection.in())) {
            switch (frame.opcode()) {
                case Frame.CLOSE -> {
                    return null;
                }
                case Frame.PING ->
                    connection.out().write(Frame.of(Frame.PONG, frame.text()).masked());
                default -> {
                    JsonNode json = JsonMapper.shared().readTree(frame.text());
                    return new ReceivedEvent(
                            json.path("id").stringValue(null),
                            json.get("event").stringValue(),
                            json.get("data").toString());
                }
            }
        }
    }
}
