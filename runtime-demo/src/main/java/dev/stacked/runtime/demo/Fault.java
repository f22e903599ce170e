package dev.stacked.runtime.demo;

/**
 * A failure that recurs. All times are milliseconds.
 *
 * @param first start of the first failure
 * @param lasting duration of each failure
 * @param every time from the start of one failure to the start of the next
 */
record Fault(long first, long lasting, long every) {
    /** No failure. */
    static final Fault NEVER = new Fault(Long.MAX_VALUE, 0, 1);

    boolean isOn(long time) {
        return time >= first && (time - first) % every < lasting;
    }
}
