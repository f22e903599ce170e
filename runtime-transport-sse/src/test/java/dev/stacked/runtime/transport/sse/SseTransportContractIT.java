package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.EventReader;
import dev.stacked.runtime.testkit.HttpConnection;
import dev.stacked.runtime.testkit.ReceivedEvent;
import dev.stacked.runtime.testkit.TransportContract;
import dev.stacked.runtime.testkit.TransportHarness;
import dev.stacked.runtime.testkit.TransportLimits;
import dev.stacked.runtime.testkit.TransportServer;

final class SseTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new TransportHarness() {
            @Override
            public TransportServer start(PollerRegistry registry, TransportLimits limits) {
                return new SseServer(registry, limits);
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
        };
    }
}
