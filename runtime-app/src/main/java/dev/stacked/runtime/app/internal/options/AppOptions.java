package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import dev.stacked.runtime.core.StreamSettings;
import java.util.stream.Collectors;

/**
 * All options of the app, checked and complete.
 *
 * @param server the server itself
 * @param tls whether it speaks TLS, and with which files
 * @param upstream the server that knows the stacks
 * @param streams how stacks are polled and streams are kept
 * @param access who may read
 * @param limits the limits of clients
 * @param admin the server for health, pollers and metrics
 * @param log what the log holds and how it looks
 */
public record AppOptions(
        ServerOptions server,
        TlsOptions tls,
        UpstreamOptions upstream,
        StreamSettings streams,
        AccessOptions access,
        LimitOptions limits,
        AdminOptions admin,
        LogOptions log) {
    /** @throws InvalidOptionsException if options exclude each other, or one lacks another */
    static AppOptions of(Reading given) {
        UpstreamOptions upstream = UpstreamOptions.of(given);
        TlsOptions tls = TlsOptions.Files.of(given);
        ServerOptions server = ServerOptions.of(given);
        LimitOptions limits = LimitOptions.of(given, server);
        return new AppOptions(
                server,
                tls,
                upstream,
                StreamOptions.of(given, upstream.timeout(), limits.streams().stacks()),
                AccessOptions.of(given),
                limits,
                AdminOptions.of(given, server),
                LogOptions.of(given));
    }

    /** The most important settings of this server, in one line for its log. */
    public String summary() {
        String transports = server.transports().stream()
                .map(ServerOptions.Transport::optionName)
                .sorted()
                .collect(Collectors.joining(","));
        return "upstream %s, transports %s, poll interval %d ms, at most %d streams"
                .formatted(
                        upstream.source().description(),
                        transports,
                        streams.pollInterval().toMillis(),
                        server.maxConnections());
    }
}
