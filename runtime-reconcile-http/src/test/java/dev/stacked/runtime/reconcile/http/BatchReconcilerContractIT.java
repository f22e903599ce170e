package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.time.Duration;

/** The contract over a socket, for a reconciler that reconciles many stages with one call. */
final class BatchReconcilerContractIT extends HttpReconcilerContractIT {
    @Override
    TestReconciler newReconciler(URI uri) {
        return TestReconciler.of(
                TestReconciler.settings(uri, Duration.ofSeconds(20), 3, 16),
                builder -> builder.batchPath("/api/stacks/{stackId}" + BATCH));
    }
}
