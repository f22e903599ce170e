package dev.stacked.runtime.transport.testkit;

import java.time.Duration;

/**
 * Limits that a transport must enforce. {@link #NONE} means no limit.
 *
 * @param maxStreams maximum number of open streams
 * @param maxStacks maximum number of stacks with open streams
 * @param perStack maximum number of open streams of one stack
 * @param perPrincipal maximum number of open streams of one principal
 * @param perAddress maximum number of open streams of one client address
 * @param newPerSecond new streams of one address per second; a burst may use up to ten seconds' worth
 * @param writeTimeout time after which a client that accepts no byte is disconnected
 */
public record TransportLimits(
        int maxStreams,
        int maxStacks,
        int perStack,
        int perPrincipal,
        int perAddress,
        int newPerSecond,
        Duration writeTimeout) {
    /** No limit. */
    public static final int NONE = Integer.MAX_VALUE;

    /** Limits only the total number of streams. */
    public TransportLimits(int maxStreams, Duration writeTimeout) {
        this(maxStreams, NONE, NONE, NONE, NONE, NONE, writeTimeout);
    }
}
