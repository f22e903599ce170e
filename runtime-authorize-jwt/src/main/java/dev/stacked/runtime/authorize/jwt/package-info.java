/**
 * Signed tokens as the authorizer. A module of its own, as cryptography is nothing that those need who bring another
 * authorizer, or none.
 */
@NullMarked
package dev.stacked.runtime.authorize.jwt;

import org.jspecify.annotations.NullMarked;
