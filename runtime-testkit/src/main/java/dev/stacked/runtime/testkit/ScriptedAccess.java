package dev.stacked.runtime.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Who may read at present, as the test says, and the time of day that it goes by. A server under test makes its
 * authorizer of it: {@code request -> access.answer(Access::allowed, Access::unauthenticated, Access::forbidden)}.
 * Thread-safe.
 */
public final class ScriptedAccess {
    private static final Instant NEVER = ManualTime.START.plus(Duration.ofDays(365));

    private sealed interface Rule {
        record Allow(String principal, Instant expiry) implements Rule {}

        record Unauthenticated() implements Rule {}

        record Forbid() implements Rule {}

        record Fail() implements Rule {}
    }

    private volatile Rule rule = new Rule.Allow("ann", NEVER);
    private volatile Instant now = ManualTime.START;

    private final InstantSource source = () -> now;

    /** At first everybody may read, as one principal and without end. */
    public ScriptedAccess() {}

    /** What a right to read expires by: it stands still until the test moves it. */
    public Clock clock() {
        return source.withZone(ZoneOffset.UTC);
    }

    /**
     * The answer to one question.
     *
     * @param allowed makes the answer for a principal and the time until which he may read
     * @param unauthenticated makes the answer to somebody unknown, with a message for him
     * @param forbidden makes the answer to somebody who may not read, with a message for him
     */
    public <A> CompletionStage<A> answer(
            BiFunction<String, Instant, A> allowed,
            Function<String, A> unauthenticated,
            Function<String, A> forbidden) {
        Rule current = rule;
        if (current instanceof Rule.Allow yes) {
            return CompletableFuture.completedStage(allowed.apply(yes.principal(), yes.expiry()));
        }
        if (current instanceof Rule.Fail) {
            return CompletableFuture.failedStage(new IllegalStateException("The test wants it to fail."));
        }
        return CompletableFuture.completedStage(
                current instanceof Rule.Forbid ? forbidden.apply("Not yours.") : unauthenticated.apply("Who are you?"));
    }

    /** From now on everybody is this principal, and may read without end. */
    public void allows(String principal) {
        rule = new Rule.Allow(principal, NEVER);
    }

    /** From now on everybody may read until this long from now. */
    public void allowsFor(Duration time) {
        rule = new Rule.Allow("ann", now.plus(time));
    }

    /** From now on nobody is known. */
    public void knowsNobody() {
        rule = new Rule.Unauthenticated();
    }

    /** From now on nobody may read. */
    public void forbids() {
        rule = new Rule.Forbid();
    }

    /** From now on every question fails. */
    public void fails() {
        rule = new Rule.Fail();
    }

    /** Moves the time of day on. */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
