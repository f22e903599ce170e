package dev.stacked.runtime.demo;

import java.util.List;

/**
 * The state of a stage's pull request.
 *
 * @param attempt version of the work under review, from 1
 * @param decision the reviewer's decision, such as {@code REVIEW_REQUIRED}
 * @param checksPassed number of passed checks
 * @param checksFailed number of failed checks
 * @param isMerged whether the pull request is merged
 */
record Review(int attempt, String decision, int checksPassed, int checksFailed, boolean isMerged) {
    static final List<String> CHECKS = List.of("build", "lint", "test");

    /** A pull request that was just opened or updated. */
    static Review opened(int attempt) {
        return new Review(attempt, "REVIEW_REQUIRED", 0, 0, false);
    }

    Review withChecks(int passed, int failed) {
        return new Review(attempt, decision, passed, failed, isMerged);
    }

    Review approved() {
        return withDecision("APPROVED");
    }

    Review withChangesRequested() {
        return withDecision("CHANGES_REQUESTED");
    }

    private Review withDecision(String value) {
        return new Review(attempt, value, checksPassed, checksFailed, isMerged);
    }

    boolean isApproved() {
        return decision.equals("APPROVED");
    }

    Review merged() {
        return new Review(attempt, decision, checksPassed, checksFailed, true);
    }
}
