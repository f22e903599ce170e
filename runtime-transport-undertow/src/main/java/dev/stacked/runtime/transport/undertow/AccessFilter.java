package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AccessControl;
import dev.stacked.runtime.access.AccessRequest;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.AuthorizedRequest;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.RegistryClosedException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamEnd;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts each request for a stack to {@link AccessControl} before anything is registered for it, and answers those that
 * are refused. One filter serves all transports. Thread-safe.
 */
public final class AccessFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);

    private final AccessControl access;
    private final ClientAddresses addresses;
    private final LongSupplier nanoTime;
    private final RefusalLog log;
    private final Map<MeasuredTransport, StreamMeters> meters = new ConcurrentHashMap<>();

    private record MeasuredTransport(MeterRegistry registry, String name) {}

    /**
     * A filter with an authorizer, without a limit of invalid credentials. Its timeouts count pauses of the process.
     *
     * @param authorizer decides who may read and refresh a stack
     * @param admission counts streams and limits them
     * @param addresses finds the address of a client
     * @param clock the time of day, by which access expires
     */
    public AccessFilter(
            StreamAuthorizer authorizer, StreamAdmission admission, ClientAddresses addresses, Clock clock) {
        this(authorizer, admission, addresses, clock, StreamLimits.NONE, () -> 0);
    }

    /**
     * A filter with an authorizer, which is not called any more for an address that sends too many invalid credentials,
     * except for requests with credentials that it remembers.
     *
     * @param authorizer decides who may read and refresh a stack
     * @param admission counts streams and limits them
     * @param addresses finds the address of a client
     * @param clock the time of day, by which access expires
     * @param failuresPerSecond invalid credentials of one address each second on average, ten times as many at once
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public AccessFilter(
            StreamAuthorizer authorizer,
            StreamAdmission admission,
            ClientAddresses addresses,
            Clock clock,
            int failuresPerSecond,
            LongSupplier nanoTime) {
        this.access = new AccessControl(authorizer, admission, clock, failuresPerSecond, nanoTime);
        this.addresses = addresses;
        this.nanoTime = nanoTime;
        this.log = new RefusalLog(exchange -> clientText(exchange, addresses), nanoTime);
    }

    /** Elapsed time, as {@link System#nanoTime()} gives it; always 0 if the filter was created without. */
    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** Limits and counts streams. */
    StreamAdmission admission() {
        return access.admission();
    }

    /** The meters of a transport's streams. A meter exists once, so all handlers of the transport share them. */
    StreamMeters meters(MeterRegistry registry, LongSupplier ticker, String transport) {
        return meters.computeIfAbsent(
                new MeasuredTransport(registry, transport),
                key -> new StreamMeters(registry, ticker, transport, admission().refusals()));
    }

    /**
     * Passes a request on if it is authorized, and refuses it otherwise. To be called as the last step of a handler, on
     * the request's I/O thread.
     *
     * @param next receives the authorized request on the same thread; if it throws a {@link NotAdmittedException} or a
     *     {@link RefusedException}, the request is refused
     */
    void authorize(HttpServerExchange exchange, StackId stack, AccessScope scope, Consumer<AuthorizedRequest> next) {
        AccessRequest request = request(exchange, stack, scope);
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> access.authorize(
                        request,
                        new XnioTimerExecutor(exchange.getIoThread()),
                        authorized -> passOn(exchange, authorized, next),
                        refusal -> refuse(exchange, refusal)));
    }

    private AccessRequest request(HttpServerExchange exchange, StackId stack, AccessScope scope) {
        HeaderMap sent = exchange.getRequestHeaders();
        return new AccessRequest(
                stack,
                scope,
                client(exchange, addresses),
                name -> Optional.ofNullable(sent.getFirst(name)),
                name -> RequestCookies.find(sent, name));
    }

    private static InetAddress client(HttpServerExchange exchange, ClientAddresses addresses) {
        HeaderValues forwardedFor = exchange.getRequestHeaders().get(Headers.X_FORWARDED_FOR);
        return addresses.of(exchange.getSourceAddress().getAddress(), forwardedFor == null ? List.of() : forwardedFor);
    }

    /** For the log; a connection that is closed has no address any more. */
    private static String clientText(HttpServerExchange exchange, ClientAddresses addresses) {
        return exchange.getSourceAddress() == null
                ? "a client that has left"
                : client(exchange, addresses).getHostAddress();
    }

    private void passOn(HttpServerExchange exchange, AuthorizedRequest authorized, Consumer<AuthorizedRequest> next) {
        try {
            next.accept(authorized);
        } catch (NotAdmittedException e) {
            refuse(exchange, e);
        } catch (RefusedException e) {
            e.response().send(exchange);
        } catch (RegistryClosedException e) {
            refuse(exchange, RefusalReason.DRAINING);
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered", e);
            ErrorResponse.internal().send(exchange);
        }
    }

    /** Logs that a page of an origin that is not allowed has sent a request. */
    void foreignOrigin(HttpServerExchange exchange, String origin) {
        log.foreignOrigin(exchange, origin);
    }

    /** Refuses a request, counts it and logs it. */
    void refuse(HttpServerExchange exchange, NotAdmittedException refusal) {
        log.refused(exchange, refusal);
        admission().refusals().add(refusal.reason());
        ErrorResponse.notAdmitted(refusal).send(exchange);
    }

    /** Refuses a request for now, and counts it. */
    void refuse(HttpServerExchange exchange, RefusalReason reason) {
        refuse(exchange, admission().refusal(reason));
    }

    /** Refuses a request for a stream that ends before it has opened. */
    void refuse(HttpServerExchange exchange, StreamEnd end) {
        switch (end) {
            case DRAINING -> refuse(exchange, RefusalReason.DRAINING);
            case STACK_GONE -> ErrorResponse.stackNotFound().send(exchange);
            case NOT_ALLOWED, INTERNAL -> ErrorResponse.internal().send(exchange);
        }
    }
}
