package dev.stacked.runtime.core;

import java.time.Duration;

/** Comparisons of durations. */
final class Durations {
    private Durations() {}

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
