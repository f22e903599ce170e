package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;

/** One client of a {@link Simulation}, over all its connections. */
interface SimulatedPeer {
    StackId stack();

    /** Connects, with the last id that was received. */
    void connect(PollerRegistry registry);

    /** Leaves soon. */
    void leave();

    /** Takes some of the events that are due or will be. */
    void take(int events);

    /** Takes every event from now on. */
    void takeAll();

    /** Whether the client is connected and is not about to leave. */
    boolean isConnected();

    /** Whether the stack's event loop may still know the client. */
    boolean isHeld();

    ClientMemory memory();
}
