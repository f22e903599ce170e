package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.TransportAccessContract;

final class SseTransportAccessContractIT extends TransportAccessContract {
    @Override
    protected GuardedTransportHarness harness() {
        return new SseHarness();
    }
}
