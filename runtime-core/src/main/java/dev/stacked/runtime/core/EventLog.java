package dev.stacked.runtime.core;

import java.util.Optional;

/**
 * The history of a stack: numbers its events, encodes them once, keeps the newest, and answers what comes after a
 * number. Subscribers only ever see what the log holds. Confined to the stack's event loop.
 *
 * <p>An event is <em>superseded</em> when a newer one makes it pointless for someone who has seen neither: a stage's
 * runtime by a newer runtime of that stage or by a snapshot, a snapshot by a newer one, and a stage's review-ready by
 * a newer one of that stage.
 */
interface EventLog {
    /** Names this unbroken history. */
    String epoch();

    /** The number of the newest event; 0 before the first. */
    long head();

    /** The number of the oldest event that is kept; 0 before the first. */
    long tail();

    /** Gives the event the next number and keeps it; returns it encoded. */
    EncodedEvent append(StreamEvent event);

    /** Whether every event after {@code number} is still kept. */
    boolean reaches(long number);

    /** The first event after {@code number} of those that are kept. */
    Optional<EncodedEvent> after(long number);

    /** The first event after {@code number} that is kept and not superseded. */
    Optional<EncodedEvent> currentAfter(long number);

    /**
     * The first review-ready after {@code number} that is not superseded. These are kept beyond the rest of the
     * history, one for each stage that the newest snapshot shows.
     */
    Optional<EncodedEvent> reviewReadyAfter(long number);
}
