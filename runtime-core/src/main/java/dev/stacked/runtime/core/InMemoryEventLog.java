package dev.stacked.runtime.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The history of a stack in this process's memory: a ring of the newest events. */
final class InMemoryEventLog implements EventLog {
    private final String epoch;
    private final EventEncoder encoder;
    private final Entry[] ring;
    private long head;

    private final Map<StageId, Entry> newestRuntime = new HashMap<>();
    private final Map<StageId, Entry> newestReviewReady = new HashMap<>();
    private @Nullable Entry newestSnapshot;

    /** @param capacity how many events are kept, at least 1 */
    InMemoryEventLog(String epoch, EventEncoder encoder, int capacity) {
        this.epoch = epoch;
        this.encoder = encoder;
        this.ring = new Entry[capacity];
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public long tail() {
        return Math.min(head, Math.max(1, head - ring.length + 1));
    }

    @Override
    public EncodedEvent append(StreamEvent event) {
        EventId id = new EventId(epoch, head + 1);
        Entry entry = new Entry(id.number(), encoder.encode(event, id));
        supersede(event, entry);
        head = id.number();
        ring[slot(head)] = entry;
        return entry.event;
    }

    private void supersede(StreamEvent event, Entry entry) {
        if (event instanceof StreamEvent.Snapshot snapshot) {
            newestRuntime.values().forEach(Entry::supersede);
            newestRuntime.clear();
            if (newestSnapshot != null) {
                newestSnapshot.supersede();
            }
            newestSnapshot = entry;
            forgetReviewsOfVanishedStages(snapshot.runtime());
        } else if (event instanceof StreamEvent.StageChanged changed) {
            supersede(newestRuntime.put(changed.stage(), entry));
        } else if (event instanceof StreamEvent.ReviewReady ready) {
            supersede(newestReviewReady.put(ready.stage(), entry));
        }
    }

    private static void supersede(@Nullable Entry entry) {
        if (entry != null) {
            entry.supersede();
        }
    }

    private void forgetReviewsOfVanishedStages(StackRuntime runtime) {
        Set<StageId> present = runtime.stages().stream().map(StageState::id).collect(Collectors.toSet());
        newestReviewReady.entrySet().removeIf(kept -> !present.contains(kept.getKey()) && !isKept(kept.getValue()));
    }

    private boolean isKept(Entry entry) {
        return entry.number > head - ring.length;
    }

    @Override
    public boolean reaches(long number) {
        return number >= head - ring.length;
    }

    @Override
    public Optional<EncodedEvent> after(long number) {
        long next = Math.max(number + 1, tail());
        return next > head ? Optional.empty() : Optional.of(ring[slot(next)].event);
    }

    @Override
    public Optional<EncodedEvent> currentAfter(long number) {
        for (long next = Math.max(number + 1, tail()); next <= head; next++) {
            Entry entry = ring[slot(next)];
            if (!entry.superseded) {
                return Optional.of(entry.event);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<EncodedEvent> reviewReadyAfter(long number) {
        return newestReviewReady.values().stream()
                .filter(entry -> entry.number > number)
                .min(Comparator.comparingLong(entry -> entry.number))
                .map(entry -> entry.event);
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    private static final class Entry {
        private final long number;
        private final EncodedEvent event;
        private boolean superseded;

        Entry(long number, EncodedEvent event) {
            this.number = number;
            this.event = event;
        }

        void supersede() {
            superseded = true;
        }
    }
}
