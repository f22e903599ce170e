package dev.stacked.runtime.app.options;

import java.net.URI;
import java.util.function.Supplier;

/** Which upstream is polled. */
public sealed interface UpstreamSource {
    /**
     * Where it is.
     *
     * @param demo starts the built-in upstream and tells where that is
     * @throws InvalidOptionsException if no upstream is named
     */
    URI base(Supplier<URI> demo);

    /** What it is, for the log. */
    String description();

    /**
     * A server that somebody runs.
     *
     * @param url http or https, with a host, without user, query and fragment
     */
    record Remote(URI url) implements UpstreamSource {
        @Override
        public URI base(Supplier<URI> demo) {
            return url;
        }

        @Override
        public String description() {
            return url.toString();
        }
    }

    /** The built-in one, on loopback. */
    record Demo() implements UpstreamSource {
        @Override
        public URI base(Supplier<URI> demo) {
            return demo.get();
        }

        @Override
        public String description() {
            return "demo";
        }
    }

    /** None was named, which is a fault only if one is asked: those who bring their own backend need none. */
    record Unnamed() implements UpstreamSource {
        @Override
        public URI base(Supplier<URI> demo) {
            throw new InvalidOptionsException("One of --upstream URL and --demo is required.");
        }

        @Override
        public String description() {
            return "of its own";
        }
    }
}
