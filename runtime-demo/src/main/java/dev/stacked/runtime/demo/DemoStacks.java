package dev.stacked.runtime.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All stacks of the demo, and the clock that advances them. Not thread-safe. */
final class DemoStacks implements Stacks {
    private final Map<String, DemoStack> stacks = new LinkedHashMap<>();
    private final Clock clock;
    private final Instant start;

    /**
     * @param clock its current time is the start of every story
     * @param seed determines the stories
     */
    DemoStacks(List<StackProfile> profiles, Clock clock, long seed) {
        this.clock = clock;
        this.start = clock.instant();
        for (StackProfile profile : profiles) {
            long ownSeed = 31 * seed + profile.id().hashCode();
            Storyline story = Storyline.of(ownSeed, profile.stages().size());
            stacks.put(profile.id(), new DemoStack(profile, story, start));
        }
    }

    @Override
    public List<String> ids() {
        return List.copyOf(stacks.keySet());
    }

    @Override
    public Answer document(String stackId) {
        if (stackId.isBlank()) {
            return Answer.invalidInput("Stack id is required.");
        }
        DemoStack stack = stacks.get(stackId.strip());
        return stack == null ? Answer.notFound("Stack not found.") : stack.document(elapsedMillis());
    }

    @Override
    public Answer reconcile(String stackId, String stageId) {
        DemoStack stack = stacks.get(stackId);
        return stack == null ? Answer.notFound("Stack not found.") : stack.reconcile(stageId, elapsedMillis());
    }

    /** Never negative, even if the clock is set back. */
    private long elapsedMillis() {
        return Math.max(0, Duration.between(start, clock.instant()).toMillis());
    }
}
