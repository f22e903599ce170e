package dev.stacked.runtime.app.options;

/**
 * Who may read and refresh stacks.
 *
 * @param insecure whether everybody may who can reach the server, from wherever that is
 * @param tokens which tokens let somebody in
 */
public record AccessOptions(boolean insecure, TokenOptions tokens) {
    /**
     * What follows from this for a server that listens there.
     *
     * @throws InvalidOptionsException if it does not say who may, although the server can be reached from elsewhere
     */
    public AccessRule rule(ServerOptions server) {
        if (tokens.areNamed()) {
            if (insecure) {
                throw new InvalidOptionsException(
                        "--insecure lets everybody in, so that no --jwt option can be given with it.");
            }
            return new AccessRule.Tokens(tokens.settings());
        }
        if (!insecure && !server.isLoopback()) {
            throw new InvalidOptionsException(
                    "--host '%s' can be reached from other machines: say who may read, by --jwt-jwks-url or --jwt-key-file, or let everybody in by --insecure."
                            .formatted(server.host()));
        }
        return new AccessRule.Everybody();
    }
}
