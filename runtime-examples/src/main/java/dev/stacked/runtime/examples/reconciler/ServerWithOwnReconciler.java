package dev.stacked.runtime.examples.reconciler;

import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.core.Reconciler;

/** The standalone server with a custom backend: one binding, and no upstream option. */
public final class ServerWithOwnReconciler {
    private ServerWithOwnReconciler() {}

    /** Serves until the process is terminated. */
    public static void main(String[] args) {
        RuntimeApp.main(args, binder -> binder.bind(Reconciler.class).to(CounterReconciler.class));
    }
}
