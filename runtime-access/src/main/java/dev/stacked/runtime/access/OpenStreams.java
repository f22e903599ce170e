package dev.stacked.runtime.access;

import dev.stacked.runtime.core.StackId;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open streams in every way that a limit does. One lock covers all counts, so that a stream is counted in
 * each or in none; it is held for a few look-ups. A key without streams takes no memory. Thread-safe.
 */
final class OpenStreams {
    private final StreamLimits limits;
    private final Map<StackId, Integer> byStack = new HashMap<>();
    private final Map<String, Integer> byPrincipal = new HashMap<>();
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int total;

    OpenStreams(StreamLimits limits) {
        this.limits = limits;
    }

    synchronized int total() {
        return total;
    }

    /** How many keys are counted; 0 if no stream is open. */
    synchronized int keys() {
        return byStack.size() + byPrincipal.size() + byAddress.size();
    }

    /** Counts one more stream, or names the limit that does not allow it. */
    synchronized Optional<RefusalReason> add(AdmissionRequest request) {
        Optional<RefusalReason> refusal = reached(request);
        if (refusal.isEmpty()) {
            total++;
            byStack.merge(request.stack(), 1, Integer::sum);
            byAddress.merge(request.address(), 1, Integer::sum);
            if (request.principal() != null) {
                byPrincipal.merge(request.principal(), 1, Integer::sum);
            }
        }
        return refusal;
    }

    /** Stops counting a stream that was added for this request. */
    synchronized void remove(AdmissionRequest request) {
        total--;
        byStack.compute(request.stack(), OpenStreams::less);
        byAddress.compute(request.address(), OpenStreams::less);
        if (request.principal() != null) {
            byPrincipal.compute(request.principal(), OpenStreams::less);
        }
    }

    private Optional<RefusalReason> reached(AdmissionRequest request) {
        if (total >= limits.streams()) {
            return Optional.of(RefusalReason.STREAMS);
        }
        if (byStack.size() >= limits.stacks() && !byStack.containsKey(request.stack())) {
            return Optional.of(RefusalReason.STACKS);
        }
        if (byStack.getOrDefault(request.stack(), 0) >= limits.perStack()) {
            return Optional.of(RefusalReason.STREAMS_PER_STACK);
        }
        if (request.principal() != null && byPrincipal.getOrDefault(request.principal(), 0) >= limits.perPrincipal()) {
            return Optional.of(RefusalReason.STREAMS_PER_PRINCIPAL);
        }
        return byAddress.getOrDefault(request.address(), 0) >= limits.perAddress()
                ? Optional.of(RefusalReason.STREAMS_PER_ADDRESS)
                : Optional.empty();
    }

    private static <K> @Nullable Integer less(K key, @Nullable Integer count) {
        return count == null || count == 1 ? null : count - 1;
    }
}
