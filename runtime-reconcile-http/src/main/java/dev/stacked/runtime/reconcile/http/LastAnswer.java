package dev.stacked.runtime.reconcile.http;

import org.jspecify.annotations.Nullable;

/**
 * The last successful answer to a request. Equal bytes are recognized before they are parsed, and a tag lets the
 * upstream confirm the answer instead of sending it again.
 */
final class LastAnswer<V> {
    private final V value;
    private final byte[] body;
    private final @Nullable EntityTag tag;

    /**
     * @param body its JSON; not copied
     * @param tag its entity tag; null if it has none
     */
    LastAnswer(V value, byte[] body, @Nullable EntityTag tag) {
        this.value = value;
        this.body = body;
        this.tag = tag;
    }

    V value() {
        return value;
    }

    /** Must not be modified. */
    byte[] body() {
        return body;
    }

    @Nullable
    EntityTag tag() {
        return tag;
    }
}
