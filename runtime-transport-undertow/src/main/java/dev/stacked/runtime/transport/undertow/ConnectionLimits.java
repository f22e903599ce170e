package dev.stacked.runtime.transport.undertow;

import java.time.Duration;

/**
 * Limits of one connection, regardless of its requests and its client. Rates are averages; ten seconds' worth may come
 * at once.
 *
 * @param perAddress connections of one client address, in IPv6 of one /64 network; trusted proxies have no limit
 * @param streams concurrent HTTP/2 streams of one connection
 * @param streamsPerSecond HTTP/2 streams that a connection may begin each second
 * @param resetsPerSecond HTTP/2 streams that a client may reset each second
 * @param framesPerSecond HTTP/2 frames each second that carry no request, such as PING, SETTINGS, PRIORITY or DATA;
 *     WINDOW_UPDATE counts beyond one for each 32 bytes sent
 * @param waitingBytes bytes of HTTP/2 buffers and snapshots that wait for clients on all connections; beyond it the
 *     connection that holds most is closed
 * @param waitingBytesPerConnection the same for one HTTP/2 connection, which is closed beyond it; its largest snapshot
 *     does not count
 * @param writeTimeout time that a client may take for 16 KiB of an answer
 */
public record ConnectionLimits(
        int perAddress,
        int streams,
        int streamsPerSecond,
        int resetsPerSecond,
        int framesPerSecond,
        long waitingBytes,
        long waitingBytesPerConnection,
        Duration writeTimeout) {
    /** No limit. */
    public static final int NONE = Integer.MAX_VALUE;

    /** The minimum that RFC 9113 recommends, and that browsers and proxies expect. */
    private static final int DEFAULT_STREAMS = 100;
    /** A proxy that fetches snapshots for all its clients over one connection stays below. */
    private static final int DEFAULT_STREAMS_PER_SECOND = 500;
    /** For a proxy whose users close their pages; nghttp2 allows 33 each second and 1000 at once. */
    private static final int DEFAULT_RESETS_PER_SECOND = 50;
    /** A frame costs about 1 µs, so a flood at this rate is negligible. */
    private static final int DEFAULT_FRAMES_PER_SECOND = 500;
    /** Each stream that waits holds a buffer of 16 KiB; twice that, so that reaching it takes more than waiting. */
    private static final long WAITING_BYTES_PER_STREAM = 32 * 1024;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the limit that is below 1
     */
    public ConnectionLimits {
        requirePositive("perAddress", perAddress);
        requirePositive("streams", streams);
        requirePositive("streamsPerSecond", streamsPerSecond);
        requirePositive("resetsPerSecond", resetsPerSecond);
        requirePositive("framesPerSecond", framesPerSecond);
        requirePositive("waitingBytes", waitingBytes);
        requirePositive("waitingBytesPerConnection", waitingBytesPerConnection);
        requirePositive("writeTimeout", writeTimeout.toNanos());
    }

    /**
     * The usual limits: a quarter of the maximum heap for waiting bytes, a quarter of that for those of one connection,
     * and no limit of connections per address.
     */
    public static ConnectionLimits defaults(Duration writeTimeout) {
        long waitingBytes = Runtime.getRuntime().maxMemory() / 4;
        return new ConnectionLimits(
                NONE,
                DEFAULT_STREAMS,
                DEFAULT_STREAMS_PER_SECOND,
                DEFAULT_RESETS_PER_SECOND,
                DEFAULT_FRAMES_PER_SECOND,
                waitingBytes,
                Math.max(waitingBytes / 4, DEFAULT_STREAMS * WAITING_BYTES_PER_STREAM),
                writeTimeout);
    }

    /** The same with this many connections of one client address. */
    public ConnectionLimits withPerAddress(int connections) {
        return new ConnectionLimits(
                connections,
                streams,
                streamsPerSecond,
                resetsPerSecond,
                framesPerSecond,
                waitingBytes,
                waitingBytesPerConnection,
                writeTimeout);
    }

    /** The same with this many concurrent HTTP/2 streams of one connection, on which all of them may wait. */
    public ConnectionLimits withStreams(int concurrent) {
        return new ConnectionLimits(
                perAddress,
                concurrent,
                streamsPerSecond,
                resetsPerSecond,
                framesPerSecond,
                waitingBytes,
                Math.max(waitingBytesPerConnection, concurrent * WAITING_BYTES_PER_STREAM),
                writeTimeout);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("The limit " + name + " must be at least 1; it is " + value + ".");
        }
    }
}
