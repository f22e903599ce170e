package dev.stacked.runtime.access.jwt;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessRequest;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.core.StackId;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Questions to an authorizer. */
final class Asked {
    private Asked() {}

    static AccessRequest request(
            String stack, AccessScope scope, Map<String, String> headers, Map<String, String> cookies) {
        return new AccessRequest(
                new StackId(stack),
                scope,
                InetAddress.getLoopbackAddress(),
                name -> Optional.ofNullable(headers.get(name)),
                name -> Optional.ofNullable(cookies.get(name)));
    }

    static Access of(StreamAuthorizer authorizer, AccessRequest request) {
        return authorizer.authorize(request).toCompletableFuture().join();
    }

    /** May it read the stack {@code checkout}? */
    static Access of(StreamAuthorizer authorizer, String token) {
        return of(authorizer, token, "checkout", AccessScope.READ);
    }

    static Access of(StreamAuthorizer authorizer, String token, String stack, AccessScope scope) {
        return of(authorizer, request(stack, scope, Map.of("Authorization", "Bearer " + token), Map.of()));
    }

    /** Whether it may read the stack {@code checkout}, as a request. */
    static AccessRequest bearer(String token) {
        return request("checkout", AccessScope.READ, Map.of("Authorization", "Bearer " + token), Map.of());
    }
}
