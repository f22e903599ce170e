package dev.stacked.runtime.transport.undertow;

import java.time.Clock;
import java.util.function.LongSupplier;

/** The real clocks that {@link StackStreams} use unless they are given others. */
final class SystemDefaults {
    private SystemDefaults() {}

    static Clock clock() {
        return Clock.systemUTC();
    }

    static LongSupplier nanoTime() {
        return System::nanoTime;
    }
}
