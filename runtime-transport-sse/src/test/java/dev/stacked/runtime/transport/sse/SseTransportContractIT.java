package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.testkit.TransportContract;
import dev.stacked.runtime.testkit.TransportHarness;

final class SseTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new SseHarness();
    }
}
