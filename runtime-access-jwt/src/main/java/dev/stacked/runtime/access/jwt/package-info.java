/**
 * Signed tokens (JWT) as a {@link dev.stacked.runtime.access.StreamAuthorizer}. A module of its own, since its library
 * for cryptography is of no use with another authorizer, or with none.
 */
@NullMarked
package dev.stacked.runtime.access.jwt;

import org.jspecify.annotations.NullMarked;
