package dev.stacked.runtime.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates the steps of one stage from its start to its end. */
final class StagePlot {
    private final Random random;
    private final List<Progress> steps = new ArrayList<>();

    private StagePlot(Random random) {
        this.random = random;
    }

    /** An ordinary stage. */
    static List<Progress> any(Random random) {
        StagePlot plot = new StagePlot(random);
        int todos = 2 + random.nextInt(3);
        plot.work(todos);
        boolean isSentBack = random.nextInt(2) == 0;
        if (isSentBack) {
            plot.sendBack(todos);
            plot.finish(todos + 1, 2);
        } else {
            plot.finish(todos, 1);
        }
        return plot.steps;
    }

    /** The first stage: soon in review, and rejected once, so that a new viewer sees both early. */
    static List<Progress> opening(Random random) {
        StagePlot plot = new StagePlot(random);
        plot.work(2);
        plot.sendBack(2);
        plot.finish(3, 2);
        return plot.steps;
    }

    private void work(int todos) {
        int troubled = random.nextInt(todos);
        for (int completed = 0; completed <= todos; completed++) {
            steps.add(Progress.working("busy", completed, todos));
            if (completed == troubled) {
                steps.add(Progress.working("retry", completed, todos));
            }
        }
    }

    /** A check fails or the reviewer asks for changes; either adds one todo. */
    private void sendBack(int todos) {
        Review review = Review.opened(1);
        review(todos, review);
        review(todos, review.withChecks(1, 0));
        Review refused = random.nextInt(2) == 0
                ? review.withChecks(1, 1)
                : review.withChecks(2, 0).withChangesRequested();
        review(todos, refused);
        steps.add(Progress.reworking(todos, todos + 1, refused));
        steps.add(Progress.reworking(todos + 1, todos + 1, refused));
    }

    private void finish(int todos, int attempt) {
        Review review = Review.opened(attempt);
        for (int passed = 0; passed <= Review.CHECKS.size(); passed++) {
            review = review.withChecks(passed, 0);
            review(todos, review);
        }
        Review approved = review.approved();
        steps.add(Progress.reviewed(StageStatus.APPROVED, todos, approved));
        steps.add(Progress.reviewed(StageStatus.DONE, todos, approved.merged()));
    }

    private void review(int todos, Review review) {
        steps.add(Progress.reviewed(StageStatus.REVIEW, todos, review));
    }
}
