package dev.stacked.runtime.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks the entries of a log that a newer one makes redundant: a stage's runtime is superseded by a newer runtime of
 * that stage or by a snapshot, a snapshot by a newer one, and a stage's review-ready by a newer one of that stage.
 * Confined to the stack's event loop.
 */
final class Supersession {
    private final Map<StageId, LogEntry> newestRuntime = new HashMap<>();
    private final Map<StageId, LogEntry> newestReviewReady = new HashMap<>();
    private @Nullable LogEntry newestSnapshot;
    private List<LogEntry> reviewReadies = List.of();

    /**
     * Adds the newest entry.
     *
     * @param inRing whether the entry with a number is still in the ring
     */
    void add(StreamEvent event, LogEntry entry, LongPredicate inRing) {
        if (event instanceof StreamEvent.Snapshot snapshot) {
            newestRuntime.values().forEach(older -> older.supersede(entry.number()));
            newestRuntime.clear();
            supersede(newestSnapshot, entry);
            newestSnapshot = entry;
            forgetVanishedStages(snapshot.runtime(), inRing);
        } else if (event instanceof StreamEvent.StageChanged changed) {
            supersede(newestRuntime.put(changed.stage(), entry), entry);
        } else if (event instanceof StreamEvent.ReviewReady ready) {
            supersede(newestReviewReady.put(ready.stage(), entry), entry);
            sortReviewReadies();
        }
    }

    private static void supersede(@Nullable LogEntry older, LogEntry newer) {
        if (older != null) {
            older.supersede(newer.number());
        }
    }

    private void forgetVanishedStages(StackRuntime runtime, LongPredicate inRing) {
        Set<StageId> present = runtime.stages().stream().map(StageState::id).collect(Collectors.toSet());
        boolean forgotten = newestReviewReady
                .entrySet()
                .removeIf(newest -> !present.contains(newest.getKey())
                        && !inRing.test(newest.getValue().number()));
        if (forgotten) {
            sortReviewReadies();
        }
    }

    private void sortReviewReadies() {
        reviewReadies = newestReviewReady.values().stream()
                .sorted(Comparator.comparingLong(LogEntry::number))
                .toList();
    }

    /** The newest review-ready of each stage, in the order of their numbers. Immutable. */
    List<LogEntry> reviewReadies() {
        return reviewReadies;
    }
}
