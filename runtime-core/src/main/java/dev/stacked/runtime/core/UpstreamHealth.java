package dev.stacked.runtime.core;

import java.util.Locale;

/** The result of a stack's last poll, as sent in {@code heartbeat}. */
public enum UpstreamHealth {
    /** It answered for every stage. */
    OK,
    /** Some stage failed. */
    DEGRADED,
    /** The stack document failed. */
    DOWN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The health as it stands on the wire, such as {@code degraded}. */
    public String wireName() {
        return wireName;
    }
}
