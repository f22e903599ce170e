package dev.stacked.runtime.app.internal.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Reports every logged exception, at any level, before the line is formatted. Thread-safe. */
final class FailureFilter extends TurboFilter {
    private final Consumer<Throwable> failures;

    /** @param failures called on the logging thread */
    FailureFilter(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable failure) {
        if (failure != null) {
            failures.accept(failure);
        }
        return FilterReply.NEUTRAL;
    }
}
