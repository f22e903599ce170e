package dev.stacked.runtime.app.options;

import dev.stacked.runtime.core.StreamSettings;
import java.util.stream.Collectors;

/**
 * Everything that the app can be told from outside, checked and complete.
 *
 * @param server where it listens and what it grants a connection
 * @param tls whether it speaks TLS, and with what
 * @param upstream where the truth about stacks comes from
 * @param streams how stacks are polled and streams are kept
 * @param access who may read
 * @param limits how much there may be of it
 * @param drain how it ends
 * @param admin where those who operate it look
 * @param log what the log holds and how it looks
 */
public record AppOptions(
        ServerOptions server,
        TlsOptions tls,
        UpstreamOptions upstream,
        StreamSettings streams,
        AccessOptions access,
        LimitOptions limits,
        DrainOptions drain,
        AdminOptions admin,
        LogOptions log) {

    /** The settings that tell most about this server, in one line for its log. */
    public String summary() {
        String transports = server.transports().stream()
                .map(TransportName::optionName)
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
