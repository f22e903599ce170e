package dev.stacked.runtime.app;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import dev.stacked.runtime.transport.undertow.HttpConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.xnio.OptionMap;

/** Connection handlers of servers with one fixed response. */
final class SimpleConnections {
    private SimpleConnections() {}

    static HttpConnections saying(String text, OptionMap settings) {
        return new HttpConnections(
                exchange -> exchange.getResponseSender().send(text),
                settings,
                ConnectionLimits.defaults(Duration.ofHours(1)),
                new ClientAddresses(List.of()),
                new SimpleMeterRegistry(),
                System::nanoTime);
    }
}
