package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.StackId;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open streams in every way that a limit does. One lock covers all counts, so that a stream is counted in
 * each or in none; it is held for a few look-ups. What is not there takes no memory. Thread-safe.
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
    synchronized Optional<RefusalReason> add(Newcomer newcomer) {
        Optional<RefusalReason> refusal = reached(newcomer);
        if (refusal.isEmpty()) {
            total++;
            byStack.merge(newcomer.stack(), 1, Integer::sum);
            byAddress.merge(newcomer.address(), 1, Integer::sum);
            if (newcomer.principal() != null) {
                byPrincipal.merge(newcomer.principal(), 1, Integer::sum);
            }
        }
        return refusal;
    }

    /** Counts a stream no longer that was added as this. */
    synchronized void remove(Newcomer leaver) {
        total--;
        byStack.compute(leaver.stack(), OpenStreams::less);
        byAddress.compute(leaver.address(), OpenStreams::less);
        if (leaver.principal() != null) {
            byPrincipal.compute(leaver.principal(), OpenStreams::less);
        }
    }

    private Optional<RefusalReason> reached(Newcomer newcomer) {
        if (total >= limits.streams()) {
            return Optional.of(RefusalReason.STREAMS);
        }
        if (byStack.size() >= limits.stacks() && !byStack.containsKey(newcomer.stack())) {
            return Optional.of(RefusalReason.STACKS);
        }
        if (byStack.getOrDefault(newcomer.stack(), 0) >= limits.perStack()) {
            return Optional.of(RefusalReason.STREAMS_PER_STACK);
        }
        if (newcomer.principal() != null
                && byPrincipal.getOrDefault(newcomer.principal(), 0) >= limits.perPrincipal()) {
            return Optional.of(RefusalReason.STREAMS_PER_PRINCIPAL);
        }
        return byAddress.getOrDefault(newcomer.address(), 0) >= limits.perAddress()
                ? Optional.of(RefusalReason.STREAMS_PER_ADDRESS)
                : Optional.empty();
    }

    private static <K> @Nullable Integer less(K key, @Nullable Integer count) {
        return count == null || count == 1 ? null : count - 1;
    }
}
