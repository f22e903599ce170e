/**
 * A stack's state, when to poll it, what changed, and who is notified.
 *
 * <p>The path of a change: a {@link dev.stacked.runtime.core.Reconciler} answers a poll, {@code StackPoller} takes the
 * answer on the stack's event loop, {@code StackState} turns it into a {@code Change}, {@code History} commits that,
 * and {@code EventLog} numbers its events, encodes them once and publishes them together. Readers take them from the
 * log on threads of their own and at their own pace: transports by {@link dev.stacked.runtime.core.StackReader},
 * library users by the publishers of {@link dev.stacked.runtime.core.PollerRegistry#stream}. Pollers and readers do not
 * know each other, and nothing here knows how bytes reach a client.
 */
@NullMarked
package dev.stacked.runtime.core;

import org.jspecify.annotations.NullMarked;
