package dev.stacked.runtime.app.options;

import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import dev.stacked.runtime.transport.undertow.StreamLimits;
import java.util.List;

/**
 * What clients are granted.
 *
 * @param streams how many streams there may be
 * @param connections what a connection may use up
 * @param trustedProxies the networks of proxies that are believed who their clients are
 */
public record LimitOptions(StreamLimits streams, ConnectionLimits connections, List<String> trustedProxies) {
    /** Copies the list. */
    public LimitOptions {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
