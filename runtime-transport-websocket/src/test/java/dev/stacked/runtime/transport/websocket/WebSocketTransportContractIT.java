package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.transport.testkit.TransportContract;
import dev.stacked.runtime.transport.testkit.TransportHarness;

final class WebSocketTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new WebSocketHarness();
    }
}
