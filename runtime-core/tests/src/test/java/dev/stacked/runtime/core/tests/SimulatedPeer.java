package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;

/** One client of a {@link Simulation}, over all its connections. */
abstract class SimulatedPeer {
    final StackId stack;
    final ClientMemory memory;

    SimulatedPeer(StackId stack, ReviewOracle oracle) {
        this.stack = stack;
        this.memory = new ClientMemory(stack, oracle);
    }

    StackId stack() {
        return stack;
    }

    ClientMemory memory() {
        return memory;
    }

    /** Connects, with the last received id. */
    abstract void connect(PollerRegistry registry);

    /** Leaves soon. */
    abstract void leave();

    /** Takes some of the present or next events. */
    abstract void take(int events);

    /** Takes every event from now on. */
    abstract void takeAll();

    /** Whether the client is connected and is not about to leave. */
    abstract boolean isConnected();

    /** Whether the stack's event loop may still know the client. */
    abstract boolean isHeld();
}
