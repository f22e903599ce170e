package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;

/** What the {@link TransportAccessContract} must know of a transport. */
public interface GuardedTransportHarness extends TransportHarness {
    /**
     * Starts a server with nothing but this transport, on a free port of the loopback interface. It trusts proxies at
     * {@code 127.0.0.1}, and time stands still for the rate of new streams.
     *
     * @param access what its authorizer answers, and its time of day
     */
    TransportServer start(PollerRegistry registry, TransportLimits limits, ScriptedAccess access);

    @Override
    default TransportServer start(PollerRegistry registry, TransportLimits limits) {
        return start(registry, limits, new ScriptedAccess());
    }
}
