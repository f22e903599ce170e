package dev.stacked.runtime.testkit;

import java.time.Duration;

/**
 * What a transport must enforce.
 *
 * @param maxStreams how many streams may be open at a time
 * @param writeTimeout after how long a client that takes no byte is disconnected
 */
public record TransportLimits(int maxStreams, Duration writeTimeout) {}
