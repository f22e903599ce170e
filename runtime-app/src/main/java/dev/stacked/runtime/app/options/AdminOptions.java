package dev.stacked.runtime.app.options;

/**
 * Where those who operate the server look.
 *
 * @param host name or address of the interface, as it was given
 * @param port where on it
 */
public record AdminOptions(String host, AdminPort port) {
    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return ServerOptions.isLoopback(host);
    }
}
