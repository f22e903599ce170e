package dev.stacked.runtime.core;

import dev.stacked.runtime.seeded.SeededTest;
import java.util.Random;

/**
 * For any order of events: ids increase, a fresh reader starts with a snapshot, and every reader ends with the newest
 * state and receives every review-ready since its start exactly once, over reconnects and histories of a single event.
 */
final class LogCursorPropertyTest {
    @SeededTest(tries = 5000)
    void everyReaderReceivesEverythingThatMatters(Random random) {
        new LogCursorModel(random).run(40);
    }

    @SeededTest(tries = 100)
    void longHistoriesToo(Random random) {
        new LogCursorModel(random).run(1000);
    }
}
