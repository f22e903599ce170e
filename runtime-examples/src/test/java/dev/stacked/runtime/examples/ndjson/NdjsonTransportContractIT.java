package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.transport.testkit.TransportContract;
import dev.stacked.runtime.transport.testkit.TransportHarness;

/** The transport fulfils the same contract as the project's own. */
final class NdjsonTransportContractIT extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new NdjsonHarness();
    }
}
