package dev.stacked.runtime.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorylineTest {
    private static final int STAGES = 4;

    @Test
    void theSameSeedTellsTheSameStoryAndAnotherSeedAnother() {
        assertEquals(steps(Storyline.of(7, STAGES), 0), steps(Storyline.of(7, STAGES), 0));
        assertNotEquals(steps(Storyline.of(7, STAGES), 0), steps(Storyline.of(8, STAGES), 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void somethingChangesEverySecondToThreeSeconds(long seed) {
        List<Long> times =
                steps(Storyline.of(seed, STAGES), 0).stream().map(Moment::time).toList();

        for (int step = 1; step < times.size(); step++) {
            long pause = times.get(step) - times.get(step - 1);
            assertTrue(pause >= 1000 && pause <= 3000, () -> "a pause of " + pause + " ms");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theFirstStageComesToReviewWithinTenSecondsAndIsSentBackOnce(long seed) {
        List<StageStatus> statuses = statuses(Storyline.of(seed, STAGES), 0);

        assertEquals(
                List.of(
                        StageStatus.IN_PROGRESS,
                        StageStatus.REVIEW,
                        StageStatus.IN_PROGRESS,
                        StageStatus.REVIEW,
                        StageStatus.APPROVED,
                        StageStatus.DONE),
                statuses);
        assertTrue(statuses(Storyline.of(seed, STAGES), 0, 10_000).contains(StageStatus.REVIEW));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyOtherStageGoesFromNotStartedToDoneToo(long seed) {
        Storyline story = Storyline.of(seed, STAGES);

        for (int stage = 1; stage < STAGES; stage++) {
            List<StageStatus> statuses = statuses(story, stage);
            assertEquals(
                    List.of(StageStatus.NOT_STARTED, StageStatus.IN_PROGRESS, StageStatus.REVIEW),
                    statuses.subList(0, 3));
            assertEquals(
                    List.of(StageStatus.REVIEW, StageStatus.APPROVED, StageStatus.DONE),
                    statuses.subList(statuses.size() - 3, statuses.size()));
        }
    }

    @Test
    void sessionsAreBusyAndRetryAndIdle() {
        Set<String> sessions = steps(Storyline.of(1, STAGES), 0).stream()
                .flatMap(moment -> moment.stages().stream().map(Progress::session))
                .collect(Collectors.toSet());

        assertEquals(Set.of("missing", "busy", "retry", "idle"), sessions);
    }

    @Test
    void whenAllIsDoneTheSameStoryBeginsAnew() {
        Storyline story = Storyline.of(1, STAGES);
        long secondRound = LongStream.iterate(0, time -> time + 1)
                .filter(time -> story.round(time) == 1)
                .findFirst()
                .orElseThrow();

        assertTrue(moment(story, secondRound - 1).stages().stream()
                .allMatch(progress -> progress.status().equals(StageStatus.DONE)));
        assertEquals(moment(story, 0).stages(), moment(story, secondRound).stages());
        assertEquals(secondRound, story.since(0, secondRound));
    }

    @Test
    void aStageStandsAsItDoesSinceItsLastStep() {
        Storyline story = Storyline.of(1, STAGES);
        long review = LongStream.iterate(0, time -> time + 1)
                .filter(time -> story.progress(0, time).status().equals(StageStatus.REVIEW))
                .findFirst()
                .orElseThrow();

        assertEquals(review, story.since(0, review + 500));
        assertEquals(0, story.lastHandled(0, review));
    }

    /** All stages at one time. */
    private record Moment(long time, List<Progress> stages) {}

    private static Moment moment(Storyline story, long time) {
        return new Moment(
                time,
                IntStream.range(0, STAGES)
                        .mapToObj(stage -> story.progress(stage, time))
                        .toList());
    }

    /** All times of a round at which something changes. */
    private static List<Moment> steps(Storyline story, long round) {
        List<Moment> steps = new ArrayList<>();
        for (long time = 0; story.round(time) == round; time++) {
            Moment moment = moment(story, time);
            if (steps.isEmpty() || !steps.get(steps.size() - 1).stages().equals(moment.stages())) {
                steps.add(moment);
            }
        }
        return steps;
    }

    private static List<StageStatus> statuses(Storyline story, int stage) {
        return statuses(story, stage, Long.MAX_VALUE);
    }

    private static List<StageStatus> statuses(Storyline story, int stage, long until) {
        List<StageStatus> statuses = new ArrayList<>();
        for (Moment moment : steps(story, 0)) {
            StageStatus status = moment.stages().get(stage).status();
            if (moment.time() < until
                    && (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(status))) {
                statuses.add(status);
            }
        }
        return statuses;
    }
}
