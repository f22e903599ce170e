package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The server for health, pollers and metrics.
 *
 * @param host name or address of the interface, as it was given
 * @param port where on it
 */
public record AdminOptions(String host, Port port) {
    private static final Set<String> ALL_INTERFACES = Set.of("0.0.0.0", "::");

    private static final Option<String> HOST =
            Option.of("--admin-host", "HOST", Values.host(), "127.0.0.1", "Interface for metrics, health and pollers.");

    private static final Option<Optional<Port>> PORT = Option.optional(
            "--admin-port",
            "PORT|off",
            port(Values.port()),
            "Port for these; 0 takes a free one. Default: " + Port.DEFAULT + ", or a free one if that is taken.");

    static final List<Option<?>> ALL = List.of(HOST, PORT);

    private static ITypeConverter<Port> port(ITypeConverter<Integer> number) {
        return value -> {
            if (value.equals("off")) {
                return new Port.Off();
            }
            try {
                return new Port.Fixed(number.convert(value));
            } catch (TypeConversionException e) {
                throw new TypeConversionException(e.getMessage() + ", or off");
            }
        };
    }

    /** @throws InvalidOptionsException if it would listen where the server itself does */
    static AdminOptions of(Reading given, ServerOptions server) {
        AdminOptions admin = new AdminOptions(given.get(HOST), given.get(PORT).orElseGet(Port.DefaultOrFree::new));
        if (server.port() != 0 && admin.port.equals(new Port.Fixed(server.port())) && admin.overlaps(server.host())) {
            throw given.setting(PORT)
                    .breaks("must not be the port of the streams, --port '%d'".formatted(server.port()));
        }
        return admin;
    }

    private boolean overlaps(String otherHost) {
        return host.equals(otherHost) || ALL_INTERFACES.contains(host) || ALL_INTERFACES.contains(otherHost);
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return ServerOptions.isLoopback(host);
    }

    /** The port of the admin server, if there is one. */
    public sealed interface Port {
        /** The default port: that of OpenTelemetry's metrics, and of no server of ours. */
        int DEFAULT = 9464;

        /**
         * This port and no other.
         *
         * @param port 0 to 65535; 0 takes a free one
         */
        record Fixed(int port) implements Port {}

        /** {@link #DEFAULT}, or a free one if that is taken, so that servers of ours can run side by side. */
        record DefaultOrFree() implements Port {}

        /** There is no admin server. */
        record Off() implements Port {}
    }
}
