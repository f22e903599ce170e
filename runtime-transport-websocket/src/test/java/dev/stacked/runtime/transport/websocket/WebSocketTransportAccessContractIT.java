package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.testkit.GuardedTransportHarness;
import dev.stacked.runtime.testkit.TransportAccessContract;

final class WebSocketTransportAccessContractIT extends TransportAccessContract {
    @Override
    protected GuardedTransportHarness harness() {
        return new WebSocketHarness();
    }
}
