package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.watch.Pauses;
import io.undertow.UndertowOptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.xnio.OptionMap;

/** Settings of connections, for HTTP/1.1 and HTTP/2. */
final class HttpSettings {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int REQUEST_PARSE_MILLIS = 10_000;
    private static final int IDLE_CONNECTION_MILLIS = 60_000;
    /** The minimum of HTTP/2, so that an event never waits long behind part of another. */
    private static final int MAX_FRAME_BYTES = 16 * 1024;

    private static final long NO_LIMIT = -1;

    private HttpSettings() {}

    /**
     * Creates the settings.
     *
     * @param pauses pauses of the process, which do not count as idleness
     * @param silences times for which a connection with a stream may legitimately be silent
     */
    static OptionMap of(Pauses pauses, Duration... silences) {
        long idleMillis = Stream.of(silences)
                .mapToLong(silence -> 2 * silence.toMillis())
                .reduce(IDLE_CONNECTION_MILLIS, Math::max);
        return OptionMap.builder()
                .set(UndertowOptions.DECODE_URL, false)
                // If set, a response waits until the next request is complete, although only a part may have arrived.
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .set(UndertowOptions.MAX_ENTITY_SIZE, NO_LIMIT) // Routes has a limit, and responds before it closes
                .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .set(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_MILLIS)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_CONNECTION_MILLIS)
                // The timeout above does not start over HTTP/2 after the last stream was reset.
                .set(IdleTimeout.LIMIT_MILLIS, (int) Math.min(Integer.MAX_VALUE, idleMillis))
                .set(IdleTimeout.PAUSES, pauses)
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_FRAME_SIZE, MAX_FRAME_BYTES)
                .getMap();
    }
}
