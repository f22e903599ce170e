package dev.stacked.runtime.transport.testkit;

import java.time.Duration;

/**
 * What a transport must enforce. {@link #NONE} means no limit.
 *
 * @param maxStreams how many streams may be open at a time
 * @param maxStacks how many stacks may be streamed at a time
 * @param perStack how many streams of one stack
 * @param perPrincipal how many streams of one principal
 * @param perAddress how many streams of one client address
 * @param newPerSecond how many new streams of one address each second, of which ten seconds' worth may come at once
 * @param writeTimeout after how long a client that takes no byte is disconnected
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

    /** Only so many streams in all. */
    public TransportLimits(int maxStreams, Duration writeTimeout) {
        this(maxStreams, NONE, NONE, NONE, NONE, NONE, writeTimeout);
    }
}
