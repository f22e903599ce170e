/**
 * The HTTP upstream as a {@link dev.stacked.runtime.core.Reconciler}.
 *
 * <p>The path of a call: {@link dev.stacked.runtime.reconcile.http.HttpReconciler} makes the request, {@code Call}
 * repeats it where that can help and as long as its {@code CallBudget} lasts. Each attempt waits for its turn in the
 * {@code ConcurrencyLimit}, asks the {@code UpstreamBreaker} for permission, goes over the wire in {@code Exchange} and
 * is understood by its {@code Endpoint}, which leaves the reading of JSON to {@code UpstreamReader}. The stack document has
 * a {@code StackRead} in between, which lets the upstream confirm the last one.
 */
@NullMarked
package dev.stacked.runtime.reconcile.http;

import org.jspecify.annotations.NullMarked;
