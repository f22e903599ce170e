package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * Everything that the upstream must not be asked for a while: the stacks and stages for which it requested a pause, and
 * the stacks that it has just reported as missing, so that made-up ids and clients that reconnect do not cause a call
 * each. It outlives pollers and readers. Confined to an event loop.
 */
final class UpstreamPauses {
    /**
     * The upstream is called once in this time for a missing stack, regardless of the number of requests. A stack that
     * is created right after it was looked up is refused for no longer than a reload takes.
     */
    static final Duration MISSING = Duration.ofSeconds(3);

    /** Of each kind: a few megabytes with the longest ids. Beyond it the oldest are forgotten early. */
    static final int MAX_REMEMBERED = 10_000;

    private record StageKey(StackId stack, StageId stage) {}

    private final Deadlines<StackId> missing;
    private final Deadlines<StackId> stacks;
    private final Deadlines<StageKey> stages;

    UpstreamPauses(EventLoop loop) {
        this.missing = new Deadlines<>(MAX_REMEMBERED, loop::nanoTime);
        this.stacks = new Deadlines<>(MAX_REMEMBERED, loop::nanoTime);
        this.stages = new Deadlines<>(MAX_REMEMBERED, loop::nanoTime);
    }

    /** The upstream asked not to be called for this stack. A zero duration changes nothing. */
    void pause(StackId stack, Duration duration) {
        if (!duration.isZero()) {
            stacks.put(stack, duration);
        }
    }

    /** How long the upstream must not be called for this stack; zero if it may be. */
    Duration left(StackId stack) {
        return stacks.left(stack);
    }

    /** The upstream asked not to be called for this stage. A zero duration changes nothing. */
    void pause(StackId stack, StageId stage, Duration duration) {
        if (!duration.isZero()) {
            stages.put(new StageKey(stack, stage), duration);
        }
    }

    /** Whether the upstream must not be called for this stage. */
    boolean isPaused(StackId stack, StageId stage) {
        return stages.size() > 0 && stages.contains(new StageKey(stack, stage));
    }

    /** The upstream does not know this stack. */
    void missing(StackId stack) {
        missing.put(stack, MISSING);
    }

    /** Whether the upstream did not know this stack a moment ago. */
    boolean isMissing(StackId stack) {
        return missing.contains(stack);
    }

    /** The stack may exist now. */
    void forgetMissing(StackId stack) {
        missing.remove(stack);
    }
}
