package dev.stacked.runtime.reconcile.http;

import org.jspecify.annotations.Nullable;

/**
 * The last successful answer to a request. Equal bytes are recognized before they are parsed, and a tag lets the
 * upstream confirm the answer instead of sending it again.
 *
 * @param body its JSON. Must not be modified
 * @param tag its entity tag; null if it has none
 */
record LastAnswer<V>(V value, byte[] body, @Nullable EntityTag tag) {}
