/**
 * What a stack's runtime is, when to ask for it, what changed, and who is told.
 *
 * <p>The path of a change: {@link dev.stacked.runtime.core.Reconciler} answers a poll, {@code StackPoller} takes the
 * answer on the stack's event loop, {@code KnownStack} and {@code RuntimeDiff} turn it into events, {@code EventLog}
 * numbers and encodes them once, and every subscriber's {@code Outbox} reads them from there at its own pace. Nothing
 * here knows how bytes reach a client: transports subscribe through {@link
 * dev.stacked.runtime.core.PollerRegistry#stream}.
 */
@NullMarked
package dev.stacked.runtime.core;

import org.jspecify.annotations.NullMarked;
