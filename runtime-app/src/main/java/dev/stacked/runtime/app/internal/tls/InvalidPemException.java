package dev.stacked.runtime.app.internal.tls;

/** A file that TLS cannot use. The message is one line: the option, the file and the rule. */
public final class InvalidPemException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPemException(PemFile file, String rule) {
        super("%s '%s' %s.".formatted(file.option(), file.path(), rule));
    }
}
