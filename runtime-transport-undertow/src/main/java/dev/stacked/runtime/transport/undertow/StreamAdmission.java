package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.StreamEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Decides whether there is room for one more stream, for all transports together. It refuses newcomers and never evicts
 * anyone. Thread-safe.
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

    /** What was refused so far, by all who refuse requests for streams. */
    public Refusals refusals() {
        return refusals;
    }

    /**
     * Admits one stream.
     *
     * @return to be released when the stream is over
     * @throws RefusedException if the server is draining, or a limit is reached
     */
    Permit admit(Newcomer newcomer) {
        requireServing();
        open.add(newcomer).ifPresent(reached -> {
            throw refused(reached);
        });
        Permit permit = new Permit(newcomer);
        if (draining) { // checked again after counting, so that every admitted stream is waited for
            permit.release();
            throw draining();
        }
        if (!arrivals.take(newcomer.address())) {
            permit.release();
            throw refused(RefusalReason.RATE_PER_ADDRESS);
        }
        return permit;
    }

    /** @throws RefusedException if the server is draining */
    void requireServing() {
        if (draining) {
            throw draining();
        }
    }

    /** The refusal for streams that came before the server began to drain and had not opened yet. */
    RefusedException draining() {
        return refused(RefusalReason.DRAINING);
    }

    /** The refusal for a stream that ends before it has opened. */
    RefusedException refusal(StreamEnd end) {
        return switch (end) {
            case DRAINING -> draining();
            case STACK_GONE -> new RefusedException(ErrorResponse.stackNotFound());
            case NOT_ALLOWED, INTERNAL -> new RefusedException(ErrorResponse.internal());
        };
    }

    /** A refusal for now. */
    RefusedException refused(RefusalReason reason) {
        return new RefusedException(reason, ErrorResponse.unavailable(code(reason), message(reason), retry()));
    }

    private static String code(RefusalReason reason) {
        return switch (reason) {
            case DRAINING -> "draining";
            case AUTHORIZER_UNAVAILABLE -> "unavailable";
            default -> "too-many-connections";
        };
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
                throw new IllegalArgumentException("Coming back later does not help against " + reason + ".");
        };
    }

    /** When a client that cannot be served now should come back. */
    Duration retry() {
        return Duration.ofSeconds(random.nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1));
    }

    /** The right to one open stream. */
    final class Permit {
        private final Newcomer holder;
        private final AtomicBoolean released = new AtomicBoolean();

        private Permit(Newcomer holder) {
            this.holder = holder;
        }

        /** Gives the place to someone else. Idempotent. */
        void release() {
            if (released.compareAndSet(false, true)) {
                open.remove(holder);
                completeIfDrained();
            }
        }
    }
}
