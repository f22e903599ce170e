package dev.stacked.runtime.app.options;

import dev.stacked.runtime.access.jwt.JwtSettings;

/** Who may read and refresh stacks, unless the integrator binds an authorizer of his own. */
public sealed interface AccessRule {
    /** Everybody who can reach the server. */
    record Everybody() implements AccessRule {}

    /**
     * Whoever has a token.
     *
     * @param settings which tokens count
     */
    record Tokens(JwtSettings settings) implements AccessRule {}
}
