package dev.stacked.runtime.access;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The answer of a {@link StreamAuthorizer}. Messages are shown to the client. */
public sealed interface Access {
    /** Allowed without a principal and without an expiry. */
    static Access anybody() {
        return new Allowed(null, null);
    }

    /** Allowed to this principal, until the authorizer is called again. */
    static Access allowed(String principal) {
        return new Allowed(principal, null);
    }

    /** Allowed to this principal until then; a stream ends at that time unless a later answer has extended it. */
    static Access allowed(String principal, Instant expiry) {
        return new Allowed(principal, expiry);
    }

    /** Not allowed, as no credentials were sent. */
    static Access unauthenticated(String message) {
        return new Unauthenticated(message, "Bearer realm=\"runtime\"");
    }

    /**
     * Not allowed, as the token that was sent is not or no longer valid (RFC 6750, section 3.1). The challenge contains
     * the message too, if it is printable ASCII without quotes and backslashes.
     */
    static Access invalidToken(String message) {
        String challenge = "Bearer realm=\"runtime\", error=\"invalid_token\"";
        boolean fits = message.matches("[ !#-\\[\\]-~]+");
        return new Unauthenticated(message, fits ? challenge + ", error_description=\"" + message + "\"" : challenge);
    }

    /** Not allowed for this client. */
    static Access forbidden(String message) {
        return new Forbidden(message);
    }

    /**
     * Access is allowed.
     *
     * @param principal the client's name, by which its streams are counted; null without one, and then without a limit
     * @param expiry the end of access; null if it does not expire
     */
    record Allowed(@Nullable String principal, @Nullable Instant expiry) implements Access {}

    /**
     * Access is refused, as the client is not known.
     *
     * @param message one sentence for people
     * @param challenge the value of {@code WWW-Authenticate}: printable ASCII
     */
    record Unauthenticated(String message, String challenge) implements Access {
        private static final String ERROR = " error=";
        private static final Pattern HEADER = Pattern.compile("[ -~]+");

        /**
         * Checks the challenge.
         *
         * @throws IllegalArgumentException if it cannot be a header
         */
        public Unauthenticated {
            if (!HEADER.matcher(challenge).matches()) {
                throw new IllegalArgumentException("A challenge is printable ASCII; it is '" + challenge + "'.");
            }
        }

        /**
         * Whether credentials were sent and are invalid: without any, a challenge has no error (RFC 6750, section 3).
         */
        boolean isFailure() {
            return challenge.contains(ERROR);
        }
    }

    /**
     * Access is refused, whether the client is known or not.
     *
     * @param message one sentence for people
     */
    record Forbidden(String message) implements Access {}
}
