package dev.stacked.runtime.access;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** A request that the authorizer allows. */
public final class AuthorizedRequest {
    private final AccessControl control;
    private final AccessRequest request;
    private final Access.Allowed access;

    AuthorizedRequest(AccessControl control, AccessRequest request, Access.Allowed access) {
        this.control = control;
        this.request = request;
        this.access = access;
    }

    /** The client's address, behind trusted proxies the one that they report. */
    public InetAddress client() {
        return request.client();
    }

    /** The client's name; empty without one. */
    public Optional<String> principal() {
        return Optional.ofNullable(access.principal());
    }

    /**
     * Admits a stream, if there is room for it.
     *
     * @param start starts the stream, which releases the permit when it is over; if it throws, the permit is released
     *     at once
     * @throws NotAdmittedException if there is no room
     */
    public void admit(Consumer<StreamAdmission.Permit> start) {
        StreamAdmission.Permit permit =
                control.admission().admit(new AdmissionRequest(request.stack(), access.principal(), request.client()));
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

    /**
     * The watch over the stream of this request.
     *
     * @param thread the thread that the stream is confined to
     */
    public AccessWatch watch(TimerExecutor thread) {
        return control.watch(request, access, thread);
    }
}
