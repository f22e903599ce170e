package dev.stacked.runtime.examples.reconciler;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.core.Reconciler;

/** The standalone server, asking a backend of one's own: one binding, and no upstream is named. */
public final class ServerWithOwnReconciler {
    private ServerWithOwnReconciler() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] args) {
        start(args);
    }

    static RunningApp start(String... args) {
        return RuntimeApp.run(args, binder -> binder.bind(Reconciler.class).to(CounterReconciler.class));
    }
}
