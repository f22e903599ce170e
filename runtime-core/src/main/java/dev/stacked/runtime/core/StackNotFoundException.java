package dev.stacked.runtime.core;

/** The stack of a stream does not exist: before the first event the stream was refused, later it is gone. */
public final class StackNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says which stack.
     *
     * @param stack the one that is not there
     */
    public StackNotFoundException(StackId stack) {
        super("Stack '" + stack + "' does not exist.");
    }
}
