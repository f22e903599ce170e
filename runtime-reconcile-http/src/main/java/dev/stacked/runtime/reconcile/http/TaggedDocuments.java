package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last document with a tag of each stack: a cache bounded by count and bytes, which evicts the least recently used.
 * An evicted document costs one full answer. Thread-safe; its lock is held for one map access.
 */
final class TaggedDocuments {
    /** More stacks than one server polls; bounds the cost of small documents and long ids. */
    static final int MAX_DOCUMENTS = 10_000;
    /** In bytes of JSON. A document has a few kilobytes, and a few times as much when parsed. */
    static final long MAX_TOTAL_BYTES = 32L * 1024 * 1024;

    private final Map<StackId, TaggedDocument> byRecency = new LinkedHashMap<>(16, 0.75f, true);
    private long totalBytes;

    synchronized Optional<TaggedDocument> of(StackId stack) {
        return Optional.ofNullable(byRecency.get(stack));
    }

    /** Stores the last document of a stack. */
    synchronized void keep(StackId stack, TaggedDocument document) {
        totalBytes += document.bytes() - bytesOf(byRecency.put(stack, document));
        Iterator<TaggedDocument> oldest = byRecency.values().iterator();
        while (byRecency.size() > MAX_DOCUMENTS || totalBytes > MAX_TOTAL_BYTES) {
            totalBytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Removes the document of a stack, whose newest one has no tag. */
    synchronized void forget(StackId stack) {
        totalBytes -= bytesOf(byRecency.remove(stack));
    }

    private static int bytesOf(@Nullable TaggedDocument document) {
        return document == null ? 0 : document.bytes();
    }
}
