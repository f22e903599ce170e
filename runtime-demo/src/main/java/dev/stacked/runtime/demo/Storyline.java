package dev.stacked.runtime.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;

/**
 * The story of a stack: its stages advance until all are done, then everything starts over. Every 1 to 2.4 s one stage
 * takes a step; a stage begins at the first review of the previous one. Immutable. All times are milliseconds since the
 * start of the demo.
 */
final class Storyline {
    private static final int MIN_STEP_MILLIS = 1_000;
    private static final int MAX_STEP_MILLIS = 2_400;
    private static final long REST_MILLIS = 3_000;

    private final List<NavigableMap<Long, Progress>> stages;
    private final long roundMillis;

    private Storyline(List<NavigableMap<Long, Progress>> stages, long roundMillis) {
        this.stages = stages;
        this.roundMillis = roundMillis;
    }

    /**
     * Generates a story.
     *
     * @param seed the same seed produces the same story
     * @param stageCount number of stages
     */
    static Storyline of(long seed, int stageCount) {
        return new Draft(new Random(seed), stageCount).write();
    }

    /** Number of completed rounds. */
    long round(long time) {
        return time / roundMillis;
    }

    /** Progress of a stage. */
    Progress progress(int stage, long time) {
        var entry = stages.get(stage).floorEntry(time % roundMillis);
        return entry == null ? Progress.NOT_STARTED : entry.getValue();
    }

    /** Time of a stage's last step. */
    long since(int stage, long time) {
        Long step = stages.get(stage).floorKey(time % roundMillis);
        return roundStart(time) + (step == null ? 0 : step);
    }

    /** Time of a stage's last manual change: its start, or its reset for the current round. */
    long lastHandled(int stage, long time) {
        long begun = roundStart(time) + stages.get(stage).firstKey();
        return begun <= time ? begun : roundStart(time);
    }

    private long roundStart(long time) {
        return time - time % roundMillis;
    }

    /** Builds a story. */
    private static final class Draft {
        private final Random random;
        private final List<Queue<Progress>> coming = new ArrayList<>();
        private final List<NavigableMap<Long, Progress>> written = new ArrayList<>();
        private int begun = 1;
        private long time;

        Draft(Random random, int stageCount) {
            this.random = random;
            for (int stage = 0; stage < stageCount; stage++) {
                coming.add(new ArrayDeque<>(stage == 0 ? StagePlot.opening(random) : StagePlot.any(random)));
                written.add(new TreeMap<>());
            }
        }

        Storyline write() {
            for (List<Integer> open = open(); !open.isEmpty(); open = open()) {
                int stage = open.get(random.nextInt(open.size()));
                step(stage, coming.get(stage).remove());
                time += MIN_STEP_MILLIS + random.nextInt(MAX_STEP_MILLIS - MIN_STEP_MILLIS + 1);
            }
            return new Storyline(List.copyOf(written), time + REST_MILLIS);
        }

        private void step(int stage, Progress progress) {
            written.get(stage).put(time, progress);
            boolean isNewest = stage == begun - 1;
            if (isNewest && progress.status() == StageStatus.REVIEW && begun < written.size()) {
                begun++;
            }
        }

        /** The stages that have begun and are not done. */
        private List<Integer> open() {
            List<Integer> open = new ArrayList<>();
            for (int stage = 0; stage < begun; stage++) {
                if (!coming.get(stage).isEmpty()) {
                    open.add(stage);
                }
            }
            return open;
        }
    }
}
