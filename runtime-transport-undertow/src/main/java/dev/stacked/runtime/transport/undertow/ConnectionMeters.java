package dev.stacked.runtime.transport.undertow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of connections; {@code docs/metrics.md} explains each. Thread-safe. */
final class ConnectionMeters {
    private final AtomicInteger open = new AtomicInteger();
    private final Map<ConnectionLimit, Counter> limits = new EnumMap<>(ConnectionLimit.class);

    ConnectionMeters(MeterRegistry registry) {
        Gauge.builder("runtime.connections", open::get)
                .description("Open connections of clients")
                .register(registry);
        for (ConnectionLimit limit : ConnectionLimit.values()) {
            limits.put(
                    limit,
                    Counter.builder("runtime.connection.limits")
                            .description("Connections that reached a limit")
                            .tag("limit", limit.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(registry));
        }
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    void reached(ConnectionLimit limit) {
        Counter counter = limits.get(limit);
        if (counter != null) {
            counter.increment();
        }
    }
}
