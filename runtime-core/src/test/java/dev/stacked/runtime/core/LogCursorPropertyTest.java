package dev.stacked.runtime.core;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * In any order of events: ids rise, a fresh reader starts with a snapshot, and every reader ends with the newest state and
 * receives every review-ready since it came once, over reconnections and through histories of a single event.
 */
final class LogCursorPropertyTest {
    @Property(tries = 5000)
    void everyReaderReceivesEverythingThatMatters(@ForAll long seed) {
        new LogCursorModel(new Random(seed)).run(40);
    }

    @Property(tries = 100)
    void longHistoriesToo(@ForAll long seed) {
        new LogCursorModel(new Random(seed)).run(1000);
    }
}
