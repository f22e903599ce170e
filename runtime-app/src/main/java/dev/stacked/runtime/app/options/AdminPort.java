package dev.stacked.runtime.app.options;

/** Where the admin server listens, if it does. */
public sealed interface AdminPort {
    /** The port that is taken if nothing is said: that of OpenTelemetry's metrics, and of no server of ours. */
    int DEFAULT = 9464;

    /**
     * The one that was asked for, and no other.
     *
     * @param port 0 to 65535; 0 takes a free one
     */
    record Fixed(int port) implements AdminPort {}

    /** {@link #DEFAULT}, or a free one if somebody has that, so that servers of ours can run side by side. */
    record DefaultOrFree() implements AdminPort {}

    /** There is no admin server. */
    record Off() implements AdminPort {}
}
