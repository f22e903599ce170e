package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/**
 * One state of a stack as snapshot events, encoded on demand and at most once for each number that is asked for in a
 * row. Thread-safe.
 */
final class Snapshots {
    private final StackId stack;
    private final String epoch;
    private final StreamEvent.Snapshot state;
    private final EventEncoder encoder;
    /** Threads that ask at the same time may each encode it; one result is kept. */
    private volatile @Nullable EncodedEvent last;

    Snapshots(StackId stack, String epoch, StreamEvent.Snapshot state, EventEncoder encoder) {
        this.stack = stack;
        this.epoch = epoch;
        this.state = state;
        this.encoder = encoder;
    }

    StreamEvent.Snapshot state() {
        return state;
    }

    /** @param number the number under which the reader continues */
    EncodedEvent at(long number) {
        EncodedEvent known = last;
        if (known != null && known.number() == number) {
            return known;
        }
        EncodedEvent encoded = encoder.encodeCached(stack, state, new EventId(epoch, number));
        last = encoded;
        return encoded;
    }
}
