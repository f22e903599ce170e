package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.TransportAccessContract;

final class WebSocketTransportAccessContractIT extends TransportAccessContract {
    @Override
    protected GuardedTransportHarness harness() {
        return new WebSocketHarness();
    }
}
