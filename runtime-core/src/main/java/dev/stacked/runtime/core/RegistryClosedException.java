package dev.stacked.runtime.core;

/**
 * Thrown by a {@link PollerRegistry} whose event loops are shut down: it can neither poll nor send any more. A registry
 * that is only closed completes its streams instead.
 */
public final class RegistryClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    RegistryClosedException() {
        super("The event loop is shut down.");
    }
}
