package dev.stacked.runtime.app.options;

import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import java.util.List;

/**
 * What clients are granted.
 *
 * @param streams how many streams there may be
 * @param failuresPerSecond invalid credentials of one client address each second on average
 * @param connections limits of a connection
 * @param trustedProxies the networks of proxies whose forwarded client addresses are believed
 */
public record LimitOptions(
        StreamLimits streams, int failuresPerSecond, ConnectionLimits connections, List<String> trustedProxies) {
    /** Copies the list. */
    public LimitOptions {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
