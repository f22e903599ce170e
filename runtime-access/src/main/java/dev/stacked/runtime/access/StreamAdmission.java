package dev.stacked.runtime.access;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Decides whether there is room for one more stream, for all transports together. It refuses new streams and never
 * evicts open ones. Thread-safe.
 */
public final class StreamAdmission {
    private static final int MIN_RETRY_SECONDS = 1;
    private static final int MAX_RETRY_SECONDS = 5;

    private final StreamLimits limits;
    private final OpenStreams open;
    private final ArrivalRate arrivals;
    private final RandomGenerator random;
    private final Refusals refusals = new Refusals();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean draining;

    /**
     * Admits streams within limits.
     *
     * @param limits how many streams may be open, and how fast they may come
     * @param random spreads the times at which refused clients come back; must be thread-safe
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public StreamAdmission(StreamLimits limits, RandomGenerator random, LongSupplier nanoTime) {
        this.limits = limits;
        this.open = new OpenStreams(limits);
        this.arrivals = new ArrivalRate(limits.newPerSecond(), nanoTime);
        this.random = random;
    }

    /**
     * Admits no more streams, since the server is shutting down. Idempotent.
     *
     * @return completes when the last stream is over
     */
    public CompletionStage<Void> drain() {
        draining = true;
        completeIfDrained();
        return drained.minimalCompletionStage();
    }

    private void completeIfDrained() {
        if (draining && open.total() == 0) {
            drained.complete(null);
        }
    }

    /** How many streams are open or about to open. */
    public int openStreams() {
        return open.total();
    }

    /** Counts the requests that were refused so far, for whatever reason. */
    public Refusals refusals() {
        return refusals;
    }

    /**
     * Admits one stream.
     *
     * @return the permit, which must be released when the stream is over
     * @throws NotAdmittedException if the server is draining, or a limit is reached
     */
    public Permit admit(AdmissionRequest request) {
        requireServing();
        open.add(request).ifPresent(reached -> {
            throw refusal(reached);
        });
        Permit permit = new Permit(request);
        if (draining) { // checked again after counting, so that every admitted stream is waited for
            permit.release();
            throw refusal(RefusalReason.DRAINING);
        }
        if (!arrivals.take(request.address())) {
            permit.release();
            throw refusal(RefusalReason.RATE_PER_ADDRESS);
        }
        return permit;
    }

    /**
     * Checks that the server is not shutting down.
     *
     * @throws NotAdmittedException if it is
     */
    public void requireServing() {
        if (draining) {
            throw refusal(RefusalReason.DRAINING);
        }
    }

    /**
     * A refusal for now, with the time after which the client should try again: 1 to 5 s, at random.
     *
     * @throws IllegalArgumentException if trying again does not help against this reason
     */
    public NotAdmittedException refusal(RefusalReason reason) {
        return NotAdmittedException.temporarily(reason, message(reason), retryAfter());
    }

    private String message(RefusalReason reason) {
        return switch (reason) {
            case DRAINING -> "The server is shutting down.";
            case AUTHORIZER_UNAVAILABLE -> "The server cannot tell at the moment whether you are allowed.";
            case STREAMS -> "The server has reached its limit of %d streams.".formatted(limits.streams());
            case STACKS -> "The server has reached its limit of %d stacks.".formatted(limits.stacks());
            case STREAMS_PER_STACK -> "The stack has reached its limit of %d streams.".formatted(limits.perStack());
            case STREAMS_PER_PRINCIPAL -> "You have reached your limit of %d streams.".formatted(limits.perPrincipal());
            case STREAMS_PER_ADDRESS ->
                "Your address has reached its limit of %d streams.".formatted(limits.perAddress());
            case WAITING_BYTES -> "The server has reached its limit of bytes that wait for clients.";
            case RATE_PER_ADDRESS ->
                "Your address has reached its limit of %d new streams a second.".formatted(limits.newPerSecond());
            case FAILURES_PER_ADDRESS -> "Your address has sent too many invalid credentials.";
            case UNAUTHENTICATED, FORBIDDEN, FOREIGN_ORIGIN, FOREIGN_HOST ->
                throw new IllegalArgumentException("Trying again does not help against " + reason + ".");
        };
    }

    /** The time after which a client that cannot be served now should try again: 1 to 5 s, at random. */
    public Duration retryAfter() {
        return Duration.ofSeconds(random.nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1));
    }

    /** The right to one open stream. Thread-safe. */
    public final class Permit {
        private final AdmissionRequest holder;
        private final AtomicBoolean released = new AtomicBoolean();

        private Permit(AdmissionRequest holder) {
            this.holder = holder;
        }

        /** Makes room for another stream. Idempotent. */
        public void release() {
            if (released.compareAndSet(false, true)) {
                open.remove(holder);
                completeIfDrained();
            }
        }
    }
}
