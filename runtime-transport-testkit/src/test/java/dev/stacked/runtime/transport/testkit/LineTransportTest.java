package dev.stacked.runtime.transport.testkit;

/** The contract can be kept, and by something simple. */
final class LineTransportTest extends TransportContract {
    @Override
    protected TransportHarness harness() {
        return new LineTransport.Harness();
    }
}
