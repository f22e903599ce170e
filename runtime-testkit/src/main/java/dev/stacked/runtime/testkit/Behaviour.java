package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import org.jspecify.annotations.Nullable;

/** How one kind of call is answered: at once or when released, with the scripted state or with a failure. */
final class Behaviour {
    private final Monitor monitor;
    private boolean holding;
    private @Nullable ReconcileException failure;

    Behaviour(Monitor monitor) {
        this.monitor = monitor;
    }

    static ReconcileException failure(ErrorCode code) {
        return new ReconcileException(code, "Scripted: " + code.wireName() + ".");
    }

    void failWith(ReconcileException exception) {
        monitor.update(() -> failure = exception);
    }

    void recover() {
        monitor.update(() -> failure = null);
    }

    void setHolding(boolean value) {
        monitor.update(() -> holding = value);
    }

    boolean isHolding() {
        return monitor.read(() -> holding);
    }

    /** @throws ReconcileException if the script says so */
    void requireSuccess() {
        if (failure != null) {
            throw failure;
        }
    }
}
