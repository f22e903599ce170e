/**
 * The HTTP upstream as a {@link dev.stacked.runtime.core.Reconciler}.
 *
 * <p>The path of a call: {@link dev.stacked.runtime.reconcile.http.HttpReconciler} builds the request, {@code RetryingCall}
 * retries it while that can help and its {@code CallBudget} lasts. Each attempt waits for a permit of the
 * {@code ConcurrencyLimit}, asks the {@code UpstreamBreaker} for permission, goes over the wire in {@code HttpExchange} and
 * is understood by its {@code Endpoint}, which leaves the reading of JSON to {@code UpstreamReader}. The stack document has
 * a {@code StackRead} in between, which lets the upstream confirm the last one.
 */
@NullMarked
package dev.stacked.runtime.reconcile.http;

import org.jspecify.annotations.NullMarked;
