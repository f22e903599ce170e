package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.TransportAccessContract;

/** The transport keeps every promise that the transports of the project keep. */
final class NdjsonTransportAccessContractIT extends TransportAccessContract {
    @Override
    protected GuardedTransportHarness harness() {
        return new NdjsonHarness();
    }
}
