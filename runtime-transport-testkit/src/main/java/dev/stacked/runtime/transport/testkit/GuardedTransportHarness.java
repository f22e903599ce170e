package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;

/** Adapts a transport to the {@link TransportAccessContract}. */
public interface GuardedTransportHarness extends TransportHarness {
    /**
     * Starts a server with only this transport, on a free port of the loopback interface. It trusts proxies at {@code
     * 127.0.0.1}, and its clock for the rate of new streams stands still.
     *
     * @param access decisions and time of day of its authorizer
     */
    TransportServer start(PollerRegistry registry, TransportLimits limits, ScriptedAccess access);

    @Override
    default TransportServer start(PollerRegistry registry, TransportLimits limits) {
        return start(registry, limits, new ScriptedAccess());
    }
}
