package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.LogText;
import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.RefusalReason;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refused requests: at INFO one in a minute for each reason, and for each foreign origin; all of them at DEBUG.
 * Nothing that could be a credential is logged. Thread-safe.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** A page can be made to be of any origin. */
    private static final int MAX_ORIGINS = 100;

    private final LogLimit<RefusalReason> reasons;
    private final LogLimit<String> origins;
    private final Function<HttpServerExchange, String> client;

    /**
     * @param client the client's address as text
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it; if it stands still, each line comes once
     */
    RefusalLog(Function<HttpServerExchange, String> client, LongSupplier nanoTime) {
        this.client = client;
        reasons = new LogLimit<>(WINDOW, RefusalReason.values().length, nanoTime);
        origins = new LogLimit<>(WINDOW, MAX_ORIGINS, nanoTime);
    }

    /** A request is refused. Those of foreign origins have a line already. */
    void refused(HttpServerExchange exchange, NotAdmittedException refusal) {
        OptionalLong others = refusal.reason() == RefusalReason.FOREIGN_ORIGIN
                ? OptionalLong.empty()
                : reasons.admit(refusal.reason());
        if (others.isPresent()) {
            LOG.info("{}{}", line(exchange, refusal), leftOut(others.getAsLong()));
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("{}", line(exchange, refusal));
        }
    }

    private String line(HttpServerExchange exchange, NotAdmittedException refusal) {
        return "Refused %s %s of %s: %s: %s"
                .formatted(
                        LogText.of(exchange.getRequestMethod().toString()),
                        LogText.of(exchange.getRequestURI()),
                        client.apply(exchange),
                        refusal.reason().wireName(),
                        LogText.of(String.valueOf(refusal.getMessage())));
    }

    private static String leftOut(long others) {
        return others == 0 ? "" : " (" + others + " more since the last such line)";
    }

    /** A page of a foreign origin has sent a request, and cannot read the answer, or is refused. */
    void foreignOrigin(HttpServerExchange exchange, String origin) {
        String shown = LogText.quoted(origin); // the key as well, so that a long one is not kept
        OptionalLong others = origins.admit(shown);
        if (others.isPresent()) {
            LOG.info(
                    "A page of the origin {} may not read streams, as --allowed-origin does not list it; its client is {}{}",
                    shown,
                    client.apply(exchange),
                    leftOut(others.getAsLong()));
        }
    }
}
