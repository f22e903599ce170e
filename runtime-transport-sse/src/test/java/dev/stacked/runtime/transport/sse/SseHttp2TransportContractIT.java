package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.testkit.EventReader;
import dev.stacked.runtime.transport.testkit.HttpConnection;
import dev.stacked.runtime.transport.testkit.TransportContract;
import dev.stacked.runtime.transport.testkit.TransportHarness;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import dev.stacked.runtime.transport.testkit.TransportServer;
import java.net.URI;

/** The same contract with HTTP/2 on the server's side of each stream. */
final class SseHttp2TransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        TransportHarness overHttp1 = new SseTransportContractIT().harness();
        return new TransportHarness() {
            @Override
            public TransportServer start(PollerRegistry registry, TransportLimits limits) {
                return new BehindGateway(overHttp1.start(registry, limits));
            }

            @Override
            public String path(String encodedId) {
                return overHttp1.path(encodedId);
            }

            @Override
            public EventReader reader(HttpConnection opened) {
                return overHttp1.reader(opened);
            }
        };
    }

    private static final class BehindGateway implements TransportServer {
        private final TransportServer server;
        private final Http2Gateway gateway;

        BehindGateway(TransportServer server) {
            this.server = server;
            this.gateway = new Http2Gateway(server.base());
        }

        @Override
        public URI base() {
            return gateway.base();
        }

        @Override
        public void drain() {
            server.drain();
        }

        @Override
        public void close() {
            gateway.close();
            server.close();
        }
    }
}
