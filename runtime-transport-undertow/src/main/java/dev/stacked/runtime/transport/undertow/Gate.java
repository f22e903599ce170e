package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.RegistryClosedException;
import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request about a stack goes through before anything is registered for it: the authorizer, then the limits.
 * One gate serves all transports. Thread-safe.
 */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Duration AUTHORIZER_PATIENCE = Duration.ofSeconds(5);

    private final StreamAuthorizer authorizer;
    private final AuthorizerCalls calls;
    private final ClientAddresses addresses;
    private final StreamAdmission admission;
    private final ArrivalRate failures;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * A gate with an authorizer, without a limit of invalid credentials. Its timeouts count pauses of the process.
     *
     * @param authorizer decides who may read and refresh a stack
     * @param admission counts streams and limits them
     * @param addresses finds the address of a client
     * @param clock the time of day, by which access expires
     */
    public Gate(StreamAuthorizer authorizer, StreamAdmission admission, ClientAddresses addresses, Clock clock) {
        this(authorizer, admission, addresses, clock, StreamLimits.NONE, () -> 0);
    }

    /**
     * A gate with an authorizer, which is not called any more for an address that sends too many invalid credentials,
     * except for requests with credentials that it remembers.
     *
     * @param authorizer decides who may read and refresh a stack
     * @param admission counts streams and limits them
     * @param addresses finds the address of a client
     * @param clock the time of day, by which access expires
     * @param failuresPerSecond invalid credentials of one address each second on average, ten times as many at once
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public Gate(
            StreamAuthorizer authorizer,
            StreamAdmission admission,
            ClientAddresses addresses,
            Clock clock,
            int failuresPerSecond,
            LongSupplier nanoTime) {
        this.failures = new ArrivalRate(failuresPerSecond, nanoTime);
        this.authorizer = authorizer;
        this.calls = new AuthorizerCalls(authorizer, AUTHORIZER_PATIENCE, clock, nanoTime);
        this.nanoTime = nanoTime;
        this.admission = admission;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Elapsed time, as {@link System#nanoTime()} gives it; always 0 if the gate was made without. */
    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** Says whether there is room. */
    StreamAdmission admission() {
        return admission;
    }

    /** Answers a request that is refused. */
    void refuse(HttpServerExchange exchange, RefusedException refusal) {
        admission.refusals().answer(exchange, refusal);
    }

    /**
     * Asks the authorizer, and refuses the request unless it says yes. To be called as the last step of a handler, on
     * the request's I/O thread.
     *
     * @param next is given who has passed, on the same thread; what it refuses by a {@link RefusedException} is refused
     * @throws RefusedException if the address of the client has sent too many invalid credentials
     */
    void pass(HttpServerExchange exchange, StackId stack, AccessScope scope, Consumer<Visitor> next) {
        AccessRequest request = request(exchange, stack, scope);
        if (failures.isExhausted(Newcomer.network(request.client())) && !calls.remembers(request)) {
            throw admission.refused(RefusalReason.FAILURES_PER_ADDRESS);
        }
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> calls.ask(request, exchange.getIoThread(), answer -> answered(exchange, request, answer, next)));
    }

    private AccessRequest request(HttpServerExchange exchange, StackId stack, AccessScope scope) {
        InetAddress client = addresses.of(exchange);
        HeaderMap sent = exchange.getRequestHeaders();
        Function<String, Optional<String>> headers = name -> Optional.ofNullable(sent.getFirst(name));
        return new AccessRequest(stack, scope, client, headers, name -> RequestCookies.find(sent, name));
    }

    private void answered(
            HttpServerExchange exchange, AccessRequest request, Optional<Access> answer, Consumer<Visitor> next) {
        try {
            next.accept(new Visitor(request, require(request, answer)));
        } catch (RefusedException e) {
            refuse(exchange, e);
        } catch (RegistryClosedException e) {
            refuse(exchange, admission.draining());
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered", e);
            ErrorResponse.internal().send(exchange);
        }
    }

    private Access.Allowed require(AccessRequest request, Optional<Access> answer) {
        Access access = answer.map(this::unlessExpired)
                .orElseThrow(() -> admission.refused(RefusalReason.AUTHORIZER_UNAVAILABLE));
        if (access instanceof Access.Unauthenticated no) {
            if (no.isFailure()) {
                failures.charge(Newcomer.network(request.client()));
            }
            throw new RefusedException(
                    RefusalReason.UNAUTHENTICATED,
                    new ErrorResponse(
                            StatusCodes.UNAUTHORIZED,
                            "unauthenticated",
                            no.message(),
                            Map.of(Headers.WWW_AUTHENTICATE_STRING, no.challenge())));
        }
        if (access instanceof Access.Forbidden no) {
            throw new RefusedException(
                    RefusalReason.FORBIDDEN,
                    new ErrorResponse(StatusCodes.FORBIDDEN, "forbidden", no.message(), Map.of()));
        }
        return (Access.Allowed) access;
    }

    /** A stream that would end as soon as it opens must not open: its client would reconnect endlessly. */
    private Access unlessExpired(Access access) {
        boolean expired = access instanceof Access.Allowed allowed
                && allowed.expiry() != null
                && !clock.instant().isBefore(allowed.expiry());
        return expired ? Access.invalidToken("The token has expired.") : access;
    }

    /** Somebody whom the authorizer lets pass. */
    final class Visitor {
        private final AccessRequest request;
        private final Access.Allowed access;

        private Visitor(AccessRequest request, Access.Allowed access) {
            this.request = request;
            this.access = access;
        }

        /**
         * Admits a stream, if there is room for it.
         *
         * @param start starts the stream, which releases the permit when it is over; if it throws, the permit is
         *     released at once
         * @throws RefusedException if there is no room
         */
        void admit(Consumer<StreamAdmission.Permit> start) {
            StreamAdmission.Permit permit =
                    admission.admit(new Newcomer(request.stack(), access.principal(), request.client()));
            boolean started = false;
            try {
                start.accept(permit);
                started = true;
            } finally {
                if (!started) {
                    permit.release();
                }
            }
        }

        /** The watch over this visitor's stream. */
        AccessWatch watch(HttpServerExchange exchange) {
            return authorizer == StreamAuthorizer.OPEN
                    ? AccessWatch.NONE
                    : new Lease(calls, request, access.expiry(), clock, exchange.getIoThread());
        }
    }
}
