package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.StackId;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;

/** The identity of a call in traces (W3C Trace Context) and in logs. All calls of a poll are one trace. Thread-safe. */
final class Trace {
    private final StackId stack;
    private final CallContext call;
    private final RandomGenerator random;

    /** @param random must be thread-safe */
    Trace(StackId stack, CallContext call, RandomGenerator random) {
        this.stack = stack;
        this.call = call;
        this.random = random;
    }

    /** The header {@code traceparent} of the next attempt, which has its own span. */
    String nextParent() {
        return "00-" + call.traceId() + "-" + HexFormat.of().toHexDigits(nonZero(random)) + "-01";
    }

    /** Runs code that logs, on any thread, with the stack and the poll in the diagnostic context. */
    void log(Runnable logging) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.put("stack", stack.value());
        MDC.put("poll", call.poll());
        try {
            logging.run();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }

    /** The standard forbids ids that are all zeros. */
    private static long nonZero(RandomGenerator random) {
        long id = random.nextLong();
        return id == 0 ? 1 : id;
    }
}
