package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.testkit.TransportContract;
import dev.stacked.runtime.testkit.TransportHarness;

final class WebSocketTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new WebSocketHarness();
    }
}
