package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.app.internal.log.LogOutput;
import dev.stacked.runtime.app.internal.watch.EventLoops;
import dev.stacked.runtime.app.internal.watch.HeapPressure;
import dev.stacked.runtime.app.internal.watch.Pauses;
import dev.stacked.runtime.app.internal.watch.Watchdog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Monitoring of the process. */
final class WatchModule extends AbstractModule {
    @Provides
    @Singleton
    HeapPressure heap(LongSupplier nanoTime) {
        return HeapPressure.ofJvm(nanoTime);
    }

    @Provides
    @Singleton
    EventLoops loops(LongSupplier nanoTime) {
        return new EventLoops(nanoTime);
    }

    @Provides
    @Singleton
    Pauses pauses(LongSupplier nanoTime) {
        return new Pauses(nanoTime);
    }

    @Provides
    @Singleton
    Watchdog watchdog(HeapPressure heap, EventLoops loops, Pauses pauses, MeterRegistry meters) {
        TimeGauge.builder("runtime.event.loop.busy", loops, TimeUnit.NANOSECONDS, EventLoops::longestBusyNanos)
                .description("The longest time that an event loop has been at its present task")
                .register(meters);
        FunctionCounter.builder("runtime.log.dropped", LogOutput.class, log -> LogOutput.dropped())
                .description("Lines of the log that were dropped, as nothing read it")
                .baseUnit("lines")
                .register(meters);
        return new Watchdog(heap, loops, pauses);
    }
}
