package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackDocument;

/**
 * A stack document that the upstream can confirm instead of sending it again.
 *
 * @param tag its entity tag
 * @param bytes the size of its JSON
 */
record TaggedDocument(EntityTag tag, StackDocument document, int bytes) {}
