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
 * Scripted access decisions, with the time of day at which they expire. A server under test uses it as its authorizer:
 * {@code request -> access.answer(Access::allowed, Access::unauthenticated, Access::forbidden)}. Thread-safe.
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

    /** Initially all requests are allowed, as one principal and without expiry. */
    public ScriptedAccess() {}

    /** The clock that access expires by. It stands still until the test advances it. */
    public Clock clock() {
        return source.withZone(ZoneOffset.UTC);
    }

    /**
     * The decision about one request.
     *
     * @param allowed creates the decision for a principal and the expiry of their access
     * @param unauthenticated creates the refusal of an unknown caller, with a message for them
     * @param forbidden creates the refusal of a caller without access, with a message for them
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
            return CompletableFuture.failedStage(new IllegalStateException("Scripted failure."));
        }
        return CompletableFuture.completedStage(
                current instanceof Rule.Forbid ? forbidden.apply("Not yours.") : unauthenticated.apply("Who are you?"));
    }

    /** From now on all requests are allowed as this principal, without expiry. */
    public void allows(String principal) {
        rule = new Rule.Allow(principal, NEVER);
    }

    /** From now on all requests are allowed until this long from now. */
    public void allowsFor(Duration time) {
        rule = new Rule.Allow("ann", now.plus(time));
    }

    /** From now on all callers are unauthenticated. */
    public void knowsNobody() {
        rule = new Rule.Unauthenticated();
    }

    /** From now on all requests are forbidden. */
    public void forbids() {
        rule = new Rule.Forbid();
    }

    /** From now on every decision fails. */
    public void fails() {
        rule = new Rule.Fail();
    }

    /** Advances the time of day. */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
