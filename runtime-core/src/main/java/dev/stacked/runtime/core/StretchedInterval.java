package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * The poll interval of a stack whose changes are announced by nudges. Each announced change that a poll finds doubles
 * it, up to a maximum. A change that was not announced restores the shortest one, as the nudges are not reliable.
 * Confined to the stack's event loop.
 */
final class StretchedInterval {
    private final Duration shortest;
    private final Duration longest;
    private Duration current;
    private boolean announced;
    private boolean unannounced;

    /** @param longest raised to {@code shortest} if it is shorter */
    StretchedInterval(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = Durations.longer(longest, shortest);
        this.current = shortest;
    }

    /** A poll has found a change. */
    void changeFound(boolean wasAnnounced) {
        announced |= wasAnnounced;
        unannounced |= !wasAnnounced;
    }

    /** A poll has ended. */
    void pollEnded() {
        if (unannounced) {
            current = shortest;
        } else if (announced) {
            current = Durations.shorter(current.multipliedBy(2), longest);
        }
        announced = false;
        unannounced = false;
    }

    Duration current() {
        return current;
    }
}
