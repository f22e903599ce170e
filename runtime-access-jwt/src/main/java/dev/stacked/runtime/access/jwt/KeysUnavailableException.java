package dev.stacked.runtime.access.jwt;

/** The keys that tokens are signed with cannot be had at present. */
final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("The keys of the issuer cannot be had: " + cause.getMessage(), cause);
    }
}
