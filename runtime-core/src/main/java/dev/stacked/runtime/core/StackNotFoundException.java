package dev.stacked.runtime.core;

/** The stack of a stream does not exist: before the first event the stream was refused, later it is gone. */
public final class StackNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param stack the stack that is not there */
    public StackNotFoundException(StackId stack) {
        super("Stack '" + stack + "' does not exist.");
    }
}
