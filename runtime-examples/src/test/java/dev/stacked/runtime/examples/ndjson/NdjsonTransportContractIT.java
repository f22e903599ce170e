package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.transport.testkit.TransportContract;
import dev.stacked.runtime.transport.testkit.TransportHarness;

/** The transport keeps every promise that the transports of the project keep. */
final class NdjsonTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new NdjsonHarness();
    }
}
