package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last document of each stack that came with a tag. Those asked for longest ago go first when there are too many, or
 * they are too large together; they cost a full answer the next time. Safe for use by many threads, none of which
 * waits for more than a look into a map.
 */
final class TaggedDocuments {
    /** More stacks than one server polls; it bounds what small documents and long ids cost. */
    static final int MAX_DOCUMENTS = 10_000;
    /** Of JSON. A stack's is a few kilobytes; parsed it takes a few times as much. */
    static final long MAX_TOTAL_BYTES = 32L * 1024 * 1024;

    private final Map<StackId, TaggedDocument> byRecency = new LinkedHashMap<>(16, 0.75f, true);
    private long totalBytes;

    synchronized Optional<TaggedDocument> of(StackId stack) {
        return Optional.ofNullable(byRecency.get(stack));
    }

    /** From now on this is the stack's last document. */
    synchronized void keep(StackId stack, TaggedDocument document) {
        totalBytes += document.bytes() - bytesOf(byRecency.put(stack, document));
        Iterator<TaggedDocument> oldest = byRecency.values().iterator();
        while (byRecency.size() > MAX_DOCUMENTS || totalBytes > MAX_TOTAL_BYTES) {
            totalBytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** The stack's last document has no tag. */
    synchronized void forget(StackId stack) {
        totalBytes -= bytesOf(byRecency.remove(stack));
    }

    private static int bytesOf(@Nullable TaggedDocument document) {
        return document == null ? 0 : document.bytes();
    }
}
