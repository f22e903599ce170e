package dev.stacked.runtime.demo;

/**
 * Something that fails for a while, again and again. All times are milliseconds.
 *
 * @param first when it fails for the first time
 * @param lasting for how long
 * @param every from one failure to the next
 */
record Fault(long first, long lasting, long every) {
    /** What never fails. */
    static final Fault NEVER = new Fault(Long.MAX_VALUE, 0, 1);

    boolean isOn(long time) {
        return time >= first && (time - first) % every < lasting;
    }
}
