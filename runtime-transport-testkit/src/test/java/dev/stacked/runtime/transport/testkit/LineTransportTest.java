package dev.stacked.runtime.transport.testkit;

/** The contract can be fulfilled, even by a simple transport. */
final class LineTransportTest extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new LineTransport.Harness();
    }
}
