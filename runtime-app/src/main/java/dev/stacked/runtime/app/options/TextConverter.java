package dev.stacked.runtime.app.options;

import dev.stacked.runtime.authorize.jwt.JwtSettings;
import dev.stacked.runtime.transport.undertow.AllowedHosts;
import dev.stacked.runtime.transport.undertow.AllowedOrigins;
import dev.stacked.runtime.transport.undertow.ClientAddresses;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a text that has to keep to a form. Picocli makes a converter without arguments, hence a class per form. */
abstract sealed class TextConverter implements ITypeConverter<String> {
    private final String rule;

    private TextConverter(String rule) {
        this.rule = rule;
    }

    /** Whether the text keeps to the form. */
    abstract boolean accepts(String value);

    @Override
    public String convert(String value) {
        if (accepts(value)) {
            return value;
        }
        throw new TypeConversionException(rule);
    }

    /** The name or the address of an interface. */
    static final class Host extends TextConverter {
        private static final Pattern FORM = Pattern.compile("[\\p{Alnum}._:%-]+");

        Host() {
            super("must be a host name or an IP address, such as localhost, 0.0.0.0 or ::1");
        }

        @Override
        boolean accepts(String value) {
            return FORM.matcher(value).matches();
        }
    }

    /** The origin of a web page. */
    static final class Origin extends TextConverter {
        Origin() {
            super("must be http(s)://host or http(s)://host:port, without a path; several have a comma between");
        }

        @Override
        boolean accepts(String value) {
            return AllowedOrigins.isOrigin(value);
        }
    }

    /** A host name or an IP address, as in the header {@code Host} but without the port. */
    static final class AllowedHost extends TextConverter {
        AllowedHost() {
            super("must be a host name or an IP address without a port; several have a comma between");
        }

        @Override
        boolean accepts(String value) {
            return AllowedHosts.isName(value);
        }
    }

    /** A path that stands before all others; empty for none. */
    static final class BasePath extends TextConverter {
        private static final Pattern FORM = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*");

        BasePath() {
            super(
                    "must be a path such as /runtime: of letters, digits, '.', '_', '~' or '-', and without '/' at its end");
        }

        @Override
        boolean accepts(String value) {
            return FORM.matcher(value).matches();
        }
    }

    /** An IP address, or the beginning that several share. */
    static final class Network extends TextConverter {
        Network() {
            super("must be an IP address or a network such as 10.0.0.0/8; several have a comma between");
        }

        @Override
        boolean accepts(String value) {
            return ClientAddresses.isNetwork(value);
        }
    }

    /** How tokens are signed. */
    static final class Algorithm extends TextConverter {
        Algorithm() {
            super("must be RS, PS or ES with 256, 384 or 512, such as RS256; several have a comma between");
        }

        @Override
        boolean accepts(String value) {
            return JwtSettings.isAlgorithm(value);
        }
    }

    /** The name of an event that no other event has. */
    static final class ErrorEvent extends TextConverter {
        private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
        private static final Set<String> TAKEN = Set.of("snapshot", "stage-runtime", "review-ready", "heartbeat");

        ErrorEvent() {
            super("must be a letter and up to 63 letters, digits, '_' or '-',"
                    + " and not snapshot, stage-runtime, review-ready or heartbeat");
        }

        @Override
        boolean accepts(String value) {
            return FORM.matcher(value).matches() && !TAKEN.contains(value);
        }
    }
}
