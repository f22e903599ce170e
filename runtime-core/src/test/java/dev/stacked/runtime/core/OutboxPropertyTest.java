package dev.stacked.runtime.core;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever happens in whatever order: ids rise, a fresh reader starts with a snapshot, every reader ends with the newest
 * state, and is told every review-ready since it came once, over reconnections and through histories of a single event.
 */
final class OutboxPropertyTest {
    @Property(tries = 5000)
    void everyReaderIsToldAllThatMatters(@ForAll long seed) {
        new OutboxModel(new Random(seed)).run(40);
    }

    @Property(tries = 100)
    void longHistoriesToo(@ForAll long seed) {
        new OutboxModel(new Random(seed)).run(1000);
    }
}
