package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AllowedHosts;
import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.access.Refusals;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses requests for hosts that are not allowed with 421, on every path. Thread-safe. */
public final class HostFilter implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HostFilter.class);

    private final AllowedHosts hosts;
    private final Refusals refusals;
    private final HttpHandler next;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * A filter in front of a handler.
     *
     * @param hosts the allowed hosts
     * @param refusals counts refused requests
     * @param next handles the other requests
     */
    public HostFilter(AllowedHosts hosts, Refusals refusals, HttpHandler next) {
        this.hosts = hosts;
        this.refusals = refusals;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        if (hosts.allows(host)) {
            next.handleRequest(exchange);
            return;
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Refused a request for host '{}', which is not in --allowed-host; further ones are counted only",
                    host);
        }
        exchange.setReasonPhrase("Misdirected Request"); // Undertow does not know it
        exchange.setPersistent(false); // its body, if there is one, is not read
        refusals.add(RefusalReason.FOREIGN_HOST);
        ErrorResponse.notAdmitted(NotAdmittedException.permanently(
                        RefusalReason.FOREIGN_HOST, "This server does not serve the host that the request names."))
                .send(exchange);
    }
}
