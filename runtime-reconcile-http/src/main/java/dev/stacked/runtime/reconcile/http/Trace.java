package dev.stacked.runtime.reconcile.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a call is known by, in traces (W3C Trace Context) and in logs. All calls of a poll are one trace if the caller
 * has named the poll in SLF4J's diagnostic context; otherwise each call is one. Safe for use by many threads.
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
     * For a call that this thread begins.
     *
     * @param random must be safe for use by many threads
     */
    static Trace begin(RandomGenerator random) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return begin(context == null ? Map.of() : context, random);
    }

    /** For a call that is begun in this diagnostic context, which nobody changes any more. */
    static Trace begin(Map<String, String> context, RandomGenerator random) {
        return new Trace(traceId(context.get(POLL), random), context, random);
    }

    /** The header {@code traceparent} of an attempt, which is a span of its own. */
    String nextParent() {
        return "00-" + id + "-" + hex(nonZero(random)) + "-" + "01";
    }

    /** Runs what logs, on whichever thread, as if it were where the call began. */
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

    /** The same for the same poll. */
    private static String hashed(String poll) {
        UUID hash = UUID.nameUUIDFromBytes(poll.getBytes(StandardCharsets.UTF_8));
        return hash.toString().replace("-", "");
    }

    /** Ids that are all zeros mean that there is none. */
    private static long nonZero(RandomGenerator random) {
        long id = random.nextLong();
        return id == 0 ? 1 : id;
    }

    private static String hex(long value) {
        return "%016x".formatted(value);
    }
}
