package dev.stacked.runtime.reconcile.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The identity of a call in traces (W3C Trace Context) and in logs. All calls of a poll are one trace if SLF4J's
 * diagnostic context names the poll; otherwise each call has its own. Thread-safe.
 */
final class Trace {
    /** The name of the poll's id in the diagnostic context. */
    static final String POLL = "poll";

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    private final String id;
    private final Map<String, String> logContext;
    private final RandomGenerator random;

    private Trace(String id, Map<String, String> logContext, RandomGenerator random) {
        this.id = id;
        this.logContext = logContext;
        this.random = random;
    }

    /**
     * The trace of a call that this thread begins.
     *
     * @param random must be thread-safe
     */
    static Trace begin(RandomGenerator random) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return begin(context == null ? Map.of() : context, random);
    }

    /** The trace of a call that begins in this diagnostic context. The map is not modified later. */
    static Trace begin(Map<String, String> context, RandomGenerator random) {
        return new Trace(traceId(context.get(POLL), random), context, random);
    }

    /** The header {@code traceparent} of the next attempt, which has its own span. */
    String nextParent() {
        return "00-" + id + "-" + hex(nonZero(random)) + "-" + "01";
    }

    /** Runs code that logs, on any thread, in the diagnostic context in which the call began. */
    void log(Runnable logging) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.setContextMap(logContext);
        try {
            logging.run();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }

    private static String traceId(@Nullable String poll, RandomGenerator random) {
        if (poll == null) {
            return hex(nonZero(random)) + hex(random.nextLong());
        }
        return TRACE_ID.matcher(poll).matches() ? poll : hashed(poll);
    }

    /** The trace id; equal for equal polls. */
    private static String hashed(String poll) {
        UUID hash = UUID.nameUUIDFromBytes(poll.getBytes(StandardCharsets.UTF_8));
        return hash.toString().replace("-", "");
    }

    /** The standard forbids ids that are all zeros. */
    private static long nonZero(RandomGenerator random) {
        long id = random.nextLong();
        return id == 0 ? 1 : id;
    }

    private static String hex(long value) {
        return "%016x".formatted(value);
    }
}
