package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/** The present state of a stack, encoded once for all who ask for it. Confined to the stack's event loop. */
final class CurrentSnapshot implements SnapshotSource {
    private final KnownStack known;
    private final EventEncoder encoder;
    private final String epoch;
    private @Nullable Encoded last;

    private record Encoded(long number, StreamEvent.Snapshot content, EncodedEvent event) {}

    CurrentSnapshot(KnownStack known, EventEncoder encoder, String epoch) {
        this.known = known;
        this.encoder = encoder;
        this.epoch = epoch;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the content is the same object until an answer arrives
    public EncodedEvent snapshotAt(long number) {
        StreamEvent.Snapshot content = known.snapshot();
        Encoded cached = last;
        if (cached == null || cached.number != number || cached.content != content) {
            cached = new Encoded(number, content, encoder.encodeKnown(content, new EventId(epoch, number)));
            last = cached;
        }
        return cached.event;
    }
}
