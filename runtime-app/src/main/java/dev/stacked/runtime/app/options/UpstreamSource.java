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
    }

    /** The built-in one, on loopback. */
    record Demo() implements UpstreamSource {
        @Override
        public URI base(Supplier<URI> demo) {
            return demo.get();
        }
    }

    /** None was named, which is a fault only if one is asked: those who bring their own backend need none. */
    record Unnamed() implements UpstreamSource {
        @Override
        public URI base(Supplier<URI> demo) {
            throw new InvalidOptionsException("One of --upstream URL and --demo is required.");
        }
    }
}
