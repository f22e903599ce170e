package dev.stacked.runtime.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects stages that go from {@code in-progress} to {@code review}, each transition once. Confined to the stack's
 * event loop.
 *
 * <p>A stage is owed an announcement from the moment it is seen {@code in-progress} until a reconcile confirms another
 * status. A document counts only if its status has changed since the last document; otherwise a document that lags
 * behind the reconciles would announce the same transition again and again. If only a document shows the stage in
 * progress, and the reconcile then repeats its last answer exactly, the document is taken for a stale copy.
 */
final class ReviewTransitions {
    /** The evidence for which an announcement is owed. */
    private enum Evidence {
        /** A document showed the stage in progress; it may be a stale copy. */
        DOCUMENT,
        /** A reconcile showed the stage in progress, or did not answer before the next document. */
        CERTAIN
    }

    private final Map<StageId, StageStatus> documentStatus = new HashMap<>();
    private final Map<StageId, Evidence> owed = new HashMap<>();

    /** The document was read again, and is the same. */
    void documentConfirmed() {
        owed.replaceAll((stage, evidence) -> Evidence.CERTAIN); // no answer has contradicted it
    }

    /** Takes in a newly read stack document. */
    void documentRead(StackDocument document) {
        documentConfirmed();
        Set<StageId> present = new HashSet<>();
        for (Stage stage : document.stages()) {
            present.add(stage.id());
            StageStatus last = documentStatus.put(stage.id(), stage.status());
            if (stage.status().equals(StageStatus.IN_PROGRESS)) {
                if (!StageStatus.IN_PROGRESS.equals(last)) {
                    owed.putIfAbsent(stage.id(), Evidence.DOCUMENT);
                }
            } else if (!stage.status().isActive()) {
                owed.remove(stage.id());
            }
        }
        documentStatus.keySet().retainAll(present);
        owed.keySet().retainAll(present);
    }

    /**
     * Takes in a reconcile's answer.
     *
     * @param changed whether the answer differs from the one before
     * @return whether the stage has become ready for review
     */
    boolean reconciled(StageId stage, StageStatus status, boolean changed) {
        if (status.equals(StageStatus.IN_PROGRESS)) {
            owed.put(stage, Evidence.CERTAIN);
            return false;
        }
        @Nullable Evidence evidence = owed.remove(stage);
        boolean moved = evidence == Evidence.CERTAIN || (evidence == Evidence.DOCUMENT && changed);
        return moved && status.equals(StageStatus.REVIEW);
    }
}
