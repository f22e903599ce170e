package dev.stacked.runtime.access;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides about every request for a stack before anything is registered for it: the authorizer first, then, for a
 * stream, the limits. One object serves all transports. Thread-safe.
 */
public final class AccessControl {
    private static final Duration AUTHORIZER_TIMEOUT = Duration.ofSeconds(5);

    private final StreamAuthorizer authorizer;
    private final AuthorizerCalls calls;
    private final StreamAdmission admission;
    private final ArrivalRate failures;
    private final Clock clock;

    /**
     * Access control by an authorizer, which is not called any more for an address that sends too many invalid
     * credentials, except for requests with credentials that it remembers.
     *
     * @param authorizer decides who may read and refresh a stack
     * @param admission counts streams and limits them
     * @param clock the time of day, by which access expires
     * @param failuresPerSecond invalid credentials of one address each second on average, ten times as many at once
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public AccessControl(
            StreamAuthorizer authorizer,
            StreamAdmission admission,
            Clock clock,
            int failuresPerSecond,
            LongSupplier nanoTime) {
        this.authorizer = authorizer;
        this.calls = new AuthorizerCalls(authorizer, AUTHORIZER_TIMEOUT, clock, nanoTime);
        this.admission = admission;
        this.failures = new ArrivalRate(failuresPerSecond, nanoTime);
        this.clock = clock;
    }

    /** Limits and counts streams. */
    public StreamAdmission admission() {
        return admission;
    }

    /**
     * Decides whether a client may do what it requests. Exactly one of the two consumers is called, at once or later,
     * on the same thread.
     *
     * @param thread the calling thread
     * @param authorized receives the request if it is authorized
     * @param refused receives the reason if it is not
     */
    public void authorize(
            AccessRequest request,
            TimerExecutor thread,
            Consumer<AuthorizedRequest> authorized,
            Consumer<NotAdmittedException> refused) {
        if (failures.isExhausted(AdmissionRequest.network(request.client())) && !calls.remembers(request)) {
            refused.accept(admission.refusal(RefusalReason.FAILURES_PER_ADDRESS));
            return;
        }
        calls.ask(request, thread, answer -> {
            @Nullable Access access = answer.map(this::unlessExpired).orElse(null);
            if (access instanceof Access.Allowed allowed) {
                authorized.accept(new AuthorizedRequest(this, request, allowed));
            } else {
                refused.accept(refusal(request, access));
            }
        });
    }

    /** A stream that would end as soon as it opens must not open: its client would reconnect endlessly. */
    private Access unlessExpired(Access access) {
        boolean expired = access instanceof Access.Allowed allowed
                && allowed.expiry() != null
                && !clock.instant().isBefore(allowed.expiry());
        return expired ? Access.invalidToken("The token has expired.") : access;
    }

    /** @param answer null if the authorizer gave none */
    private NotAdmittedException refusal(AccessRequest request, @Nullable Access answer) {
        if (answer instanceof Access.Unauthenticated no) {
            if (no.isFailure()) {
                failures.charge(AdmissionRequest.network(request.client()));
            }
            return NotAdmittedException.unauthenticated(no);
        }
        return answer instanceof Access.Forbidden no
                ? NotAdmittedException.permanently(RefusalReason.FORBIDDEN, no.message())
                : admission.refusal(RefusalReason.AUTHORIZER_UNAVAILABLE);
    }

    /** The watch over a stream, or none if its access cannot end. */
    AccessWatch watch(AccessRequest request, Access.Allowed access, TimerExecutor thread) {
        return authorizer.mayRevoke() || access.expiry() != null
                ? new Lease(calls, request, access.expiry(), clock, thread)
                : AccessWatch.NONE;
    }
}
