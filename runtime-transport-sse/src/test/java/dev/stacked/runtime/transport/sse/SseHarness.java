package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.transport.testkit.EventReader;
import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.HttpConnection;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import dev.stacked.runtime.transport.testkit.ReceivedEvent;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.util.Random;

/** Starts this transport for the contracts. */
final class SseHarness implements GuardedTransportHarness {
    @Override
    public OneTransportServer start(PollerRegistry registry, TransportLimits limits, ScriptedAccess access) {
        return new OneTransportServer(path("{id}"), new SseTransport(new Random(1)), registry, limits, access);
    }

    @Override
    public String path(String encodedId) {
        return "/api/stacks/" + encodedId + "/runtime/stream";
    }

    @Override
    public EventReader reader(HttpConnection opened) {
        SseParser parser = new SseParser(opened.in());
        return () -> parser.next()
                .map(message -> new ReceivedEvent(message.id(), message.event(), message.data()))
                .orElse(null);
    }
}
