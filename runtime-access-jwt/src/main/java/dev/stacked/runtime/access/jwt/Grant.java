package dev.stacked.runtime.access.jwt;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessRequest;
import dev.stacked.runtime.access.AccessScope;
import java.time.Instant;
import java.util.List;

/**
 * The access that a valid token grants.
 *
 * @param principal the token's subject
 * @param expiry the end of access, leeway included
 * @param stacks the stacks that may be read
 * @param refreshes whether they may also be refreshed
 */
record Grant(String principal, Instant expiry, List<StackPattern> stacks, boolean refreshes) {
    Grant {
        stacks = List.copyOf(stacks);
    }

    Access answer(AccessRequest request) {
        String id = request.stack().value();
        if (stacks.stream().noneMatch(pattern -> pattern.matches(id))) {
            return Access.forbidden("Your token does not name this stack.");
        }
        if (request.scope() == AccessScope.REFRESH && !refreshes) {
            return Access.forbidden("Your token does not have the scope " + TokenVerifier.REFRESH_SCOPE + ".");
        }
        return Access.allowed(principal, expiry);
    }
}
