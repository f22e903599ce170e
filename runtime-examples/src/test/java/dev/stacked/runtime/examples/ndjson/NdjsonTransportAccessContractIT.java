package dev.stacked.runtime.examples.ndjson;

import dev.stacked.runtime.transport.testkit.GuardedTransportHarness;
import dev.stacked.runtime.transport.testkit.TransportAccessContract;

/** The transport fulfils the same contract as the project's own. */
final class NdjsonTransportAccessContractIT extends TransportAccessContract {
    @Override
    protected GuardedTransportHarness harness() {
        return new NdjsonHarness();
    }
}
