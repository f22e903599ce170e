package dev.stacked.runtime.core;

/** How often a stack is asked for at the moment. */
public enum PollCadence {
    /** Nobody reads it: it is not polled. */
    STOPPED,
    /** Something may change at any time, or the stack itself may be gone: by the poll interval. */
    ACTIVE,
    /** Its stages are all done or not started: by the idle poll interval. */
    IDLE,
    /** Its document fails: less and less often. */
    BACKING_OFF
}
