package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Decides who may open a stream, for all transports together. It refuses newcomers and never evicts anyone. Thread-safe.
 */
public final class StreamAdmission {
    private static final int SHORTEST_RETRY_SECONDS = 1;
    private static final int LONGEST_RETRY_SECONDS = 5;

    private final int maxStreams;
    private final RandomGenerator random;
    private final AtomicInteger open = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean draining;

    /**
     * Admits up to a number of streams at a time.
     *
     * @param maxStreams how many streams may be open, at least 1
     * @param random spreads the times at which refused clients come back; must be thread-safe
     * @throws IllegalArgumentException if {@code maxStreams} is below 1
     */
    public StreamAdmission(int maxStreams, RandomGenerator random) {
        if (maxStreams < 1) {
            throw new IllegalArgumentException("maxStreams must be at least 1; it is " + maxStreams + ".");
        }
        this.maxStreams = maxStreams;
        this.random = random;
    }

    /**
     * From now on nobody is admitted: the server is going to stop. Idempotent.
     *
     * @return completes when the last stream is over
     */
    public CompletionStage<Void> drain() {
        draining = true;
        completeIfDrained();
        return drained.minimalCompletionStage();
    }

    private void completeIfDrained() {
        if (draining && open.get() == 0) {
            drained.complete(null);
        }
    }

    /** How many streams are open or about to open. */
    public int openStreams() {
        return open.get();
    }

    /**
     * Admits one stream.
     *
     * @return to be released when the stream is over
     * @throws RefusedException if the server is draining or full
     */
    Permit admit() {
        int streams = open.incrementAndGet();
        if (draining) { // looked at after counting: whoever is not refused is waited for
            leave();
            throw draining();
        }
        if (streams > maxStreams) {
            leave();
            throw new RefusedException(ErrorResponse.unavailable(
                    "too-many-connections",
                    "The server has reached its limit of " + maxStreams + " streams.",
                    retry()));
        }
        return new Permit();
    }

    private void leave() {
        open.decrementAndGet();
        completeIfDrained();
    }

    /** The refusal for streams that came before the server began to drain and had not opened yet. */
    RefusedException draining() {
        return new RefusedException(ErrorResponse.unavailable("draining", "The server is shutting down.", retry()));
    }

    private Duration retry() {
        return Duration.ofSeconds(random.nextInt(SHORTEST_RETRY_SECONDS, LONGEST_RETRY_SECONDS + 1));
    }

    /** The right to one open stream. */
    final class Permit {
        private final AtomicBoolean released = new AtomicBoolean();

        /** Gives the place to someone else. Idempotent. */
        void release() {
            if (released.compareAndSet(false, true)) {
                leave();
            }
        }
    }
}
