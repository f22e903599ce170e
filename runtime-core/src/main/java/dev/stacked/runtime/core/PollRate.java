package dev.stacked.runtime.core;

/** How often a stack is polled at the moment. */
public enum PollRate {
    /** It has no readers and is not polled. */
    STOPPED,
    /** It may change at any time: polled at the poll interval. */
    ACTIVE,
    /** All of its stages are done or not started: polled at the idle poll interval. */
    IDLE,
    /** Its document cannot be read: polled at growing intervals. */
    BACKING_OFF
}
