package dev.stacked.runtime.access;

import dev.stacked.runtime.core.StackId;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that a {@link StreamAuthorizer} decides about. It may be read on any thread, as long as the request or its
 * stream lives.
 *
 * @param stack the requested stack
 * @param scope the requested action
 * @param client the client's address, behind trusted proxies the one that they report
 * @param headers a header of the request by its name, the first if there are several
 * @param cookies the value of a cookie by its name
 */
public record AccessRequest(
        StackId stack,
        AccessScope scope,
        InetAddress client,
        Function<String, Optional<String>> headers,
        Function<String, Optional<String>> cookies) {
    /** A header of the request, the first if there are several. */
    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /** The value of a cookie. */
    public Optional<String> cookie(String name) {
        return cookies.apply(name);
    }

    /** Without headers and cookies: they hold credentials, which must not get into a log. */
    @Override
    public String toString() {
        return "AccessRequest[" + scope + " " + stack + " from " + client.getHostAddress() + "]";
    }
}
