package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.transport.testkit.TransportContract;
import dev.stacked.runtime.transport.testkit.TransportHarness;

final class SseTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new SseHarness();
    }
}
