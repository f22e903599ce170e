package dev.stacked.runtime.app.options;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of the server itself. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class ServerArguments {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            converter = TextConverter.Host.class,
            description = "Interface to listen on. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            converter = WholeNumberConverter.Port.class,
            description = "Port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "20000",
            converter = WholeNumberConverter.Limit.class,
            description = "Open streams in all; more are refused. Default: ${DEFAULT-VALUE}.")
    private int maxConnections;

    @Option(
            names = "--write-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "A client that takes no byte for this long is cut off. Default: ${DEFAULT-VALUE}.")
    private Duration writeTimeout;

    @Option(
            names = "--transports",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "sse,websocket",
            converter = TransportConverter.class,
            description = "How streams are served: sse, websocket. Default: ${DEFAULT-VALUE}.")
    private Set<TransportName> transports;

    @Option(
            names = "--base-path",
            paramLabel = "PATH",
            defaultValue = "",
            converter = TextConverter.BasePath.class,
            description = "Path under which a reverse proxy serves this server, such as /runtime.")
    private String basePath;

    @Option(
            names = "--page",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            defaultValue = "true",
            converter = SwitchConverter.class,
            description = "Serve the page at / for people. Default: ${DEFAULT-VALUE}.")
    private boolean page;

    @Option(
            names = "--allowed-origin",
            paramLabel = "ORIGIN",
            split = ",",
            converter = TextConverter.Origin.class,
            description = "Web origin whose pages may read streams, besides the server's own. Can be repeated.")
    private List<String> allowedOrigins = List.of();

    @Option(
            names = "--allowed-host",
            paramLabel = "HOST",
            split = ",",
            converter = TextConverter.AllowedHost.class,
            description = "Host name, without port, that requests may be for, besides loopback names. Can be repeated."
                    + " Default: none on loopback, any elsewhere.")
    private List<String> allowedHosts = List.of();

    ServerOptions options() {
        return new ServerOptions(
                host, port, maxConnections, writeTimeout, transports, basePath, page, allowedOrigins, allowedHosts);
    }
}
