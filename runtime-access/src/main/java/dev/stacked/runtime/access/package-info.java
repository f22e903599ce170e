/**
 * Who may read a stack, how many streams may be open, and from where: decisions that hold under any HTTP server. An
 * authorizer implements {@link dev.stacked.runtime.access.StreamAuthorizer}; a transport asks {@link
 * dev.stacked.runtime.access.AccessControl}, and turns each {@link dev.stacked.runtime.access.NotAdmittedException} into
 * an answer of its protocol.
 *
 * <p>A package of its own, so that an authorizer can be written and tested without a server. Timers come through {@link
 * dev.stacked.runtime.access.TimerExecutor}.
 */
@NullMarked
package dev.stacked.runtime.access;

import org.jspecify.annotations.NullMarked;
