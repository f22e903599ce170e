package dev.stacked.runtime.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches for stages that go from {@code in-progress} to {@code review}, each transition once.
 *
 * <p>A stage is owed an announcement from the moment it is seen {@code in-progress} until it is confirmed elsewhere by
 * a reconcile. The document's word counts only when it is news: a document that lags behind what a reconcile has
 * already answered would otherwise announce the same transition again and again. Confined to the stack's event loop.
 */
final class ReviewTransitions {
    private final Map<StageId, StageStatus> documentStatus = new HashMap<>();
    private final Set<StageId> inProgress = new HashSet<>();

    /** Takes note of a newly read stack document. */
    void documentRead(StackDocument document) {
        Set<StageId> present = new HashSet<>();
        for (Stage stage : document.stages()) {
            present.add(stage.id());
            StageStatus last = documentStatus.put(stage.id(), stage.status());
            if (stage.status().equals(StageStatus.IN_PROGRESS)) {
                if (!StageStatus.IN_PROGRESS.equals(last)) {
                    inProgress.add(stage.id());
                }
            } else if (!stage.status().isActive()) {
                inProgress.remove(stage.id());
            }
        }
        documentStatus.keySet().retainAll(present);
        inProgress.retainAll(present);
    }

    /** Takes note of a reconcile's answer; true if with it the stage has become ready for review. */
    boolean reconciled(StageId stage, StageStatus status) {
        if (status.equals(StageStatus.IN_PROGRESS)) {
            inProgress.add(stage);
            return false;
        }
        return inProgress.remove(stage) && status.equals(StageStatus.REVIEW);
    }
}
