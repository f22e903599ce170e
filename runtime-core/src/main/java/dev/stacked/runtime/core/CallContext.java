package dev.stacked.runtime.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * What a {@link Reconciler} knows of the call that it answers: the poll that makes it, and how long the call may take.
 *
 * <p>A call has one deadline. It counts from the moment at which the reconciler is called, without the time that the
 * reconciler makes the call wait for its turn. A reconciler that does so calls {@link #suspendDeadline} and {@link
 * #resumeDeadline}, one after the other; all other methods may be called by any thread.
 */
public final class CallContext {
    /** Maximum time that a call waits for its turn. No queue of a server that keeps up takes this long. */
    static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    private final String poll;
    private final String traceId;
    private final Duration budget;
    private final LongSupplier nanoTime;
    private final UpstreamRate rate;
    private volatile long deadline;
    /** Nanoseconds of the budget that were left when the deadline was suspended; -1 while it counts. */
    private volatile long suspended = -1;

    private CallContext(String poll, String traceId, Duration budget, LongSupplier nanoTime, UpstreamRate rate) {
        this.poll = poll;
        this.traceId = traceId;
        this.budget = budget;
        this.nanoTime = nanoTime;
        this.rate = rate;
        this.deadline = nanoTime.getAsLong() + budget.toNanos();
    }

    /**
     * The first call of a poll, which begins now. For tests, and for those who call a reconciler without a {@link
     * PollerRegistry}.
     *
     * @param poll identifies the poll among all polls of all stacks
     * @param budget how long the call may take
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public static CallContext begin(String poll, Duration budget, LongSupplier nanoTime) {
        return begin(poll, budget, nanoTime, UpstreamRate.unlimited());
    }

    static CallContext begin(String poll, Duration budget, LongSupplier nanoTime, UpstreamRate rate) {
        return new CallContext(poll, traceIdOf(poll), budget, nanoTime, rate);
    }

    /** Another call of the same poll, which begins now. */
    CallContext next() {
        return new CallContext(poll, traceId, budget, nanoTime, rate);
    }

    private static String traceIdOf(String poll) {
        return TRACE_ID.matcher(poll).matches()
                ? poll
                : UUID.nameUUIDFromBytes(poll.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    /** Identifies the poll among all polls of all stacks, as it stands in the log. */
    public String poll() {
        return poll;
    }

    /** The id of the trace that all calls of the poll belong to: 32 hexadecimal digits, as in W3C Trace Context. */
    public String traceId() {
        return traceId;
    }

    /** How long the call may take from now on; never negative. */
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadline - nanoTime.getAsLong()));
    }

    /** How long the call may take in all. */
    Duration budget() {
        return budget;
    }

    /**
     * Makes an attempt when the limit on calls per second allows it: at once, on this thread, if it does so now. For
     * reconcilers that {@linkplain Reconciler#takesTurns take turns themselves}, before each attempt of a call.
     *
     * @param executor the present thread's; runs the attempt later
     * @param attempt must send the request at once
     */
    public CallTurn awaitTurn(ScheduledExecutorService executor, Runnable attempt) {
        return rate.await(
                (task, delay) -> {
                    Future<?> unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                },
                attempt);
    }

    /**
     * The call begins to wait for its turn behind other calls: until {@link #resumeDeadline} its time does not count,
     * for one minute at most.
     */
    public void suspendDeadline() {
        suspended = timeLeft().toNanos();
        deadline = nanoTime.getAsLong() + MAX_WAIT.toNanos();
    }

    /** The call's turn has come: the rest of its time counts again. */
    public void resumeDeadline() {
        deadline = nanoTime.getAsLong() + Math.max(0, suspended);
        suspended = -1;
    }

    /** Whether the call waits for its turn. */
    boolean isSuspended() {
        return suspended >= 0;
    }
}
