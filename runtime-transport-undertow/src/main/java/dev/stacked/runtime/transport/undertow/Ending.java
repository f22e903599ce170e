package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.StackNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * How the subscription of a stream ended.
 *
 * @param failure null if there was none
 */
record Ending(@Nullable Throwable failure) {
    StreamEnd reason() {
        if (failure == null) {
            return StreamEnd.DRAINING;
        }
        return failure instanceof StackNotFoundException ? StreamEnd.STACK_GONE : StreamEnd.INTERNAL;
    }
}
