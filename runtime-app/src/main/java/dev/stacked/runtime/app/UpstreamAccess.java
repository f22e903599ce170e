package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.options.UpstreamAccessOptions;
import dev.stacked.runtime.app.internal.tls.ClientTls;
import dev.stacked.runtime.app.internal.tls.InvalidPemException;
import dev.stacked.runtime.reconcile.http.HttpReconcilerBuilder;
import org.jspecify.annotations.Nullable;

/** How the server connects to the upstream and proves who it is. */
final class UpstreamAccess {
    private final UpstreamAccessOptions options;
    private final @Nullable ClientTls tls;
    private final @Nullable HeaderFile headers;

    private UpstreamAccess(UpstreamAccessOptions options, @Nullable ClientTls tls, @Nullable HeaderFile headers) {
        this.options = options;
        this.tls = tls;
        this.headers = headers;
    }

    /**
     * Reads the files that the options name. Blocks on file I/O.
     *
     * @throws InvalidOptionsException if a file cannot be used
     */
    static UpstreamAccess read(UpstreamAccessOptions options) {
        boolean ownTls = options.certificates() != null || options.authorities() != null;
        try {
            return new UpstreamAccess(
                    options,
                    ownTls ? ClientTls.read(options) : null,
                    options.headerFile() == null ? null : new HeaderFile(options.headerFile()));
        } catch (InvalidPemException e) {
            throw new InvalidOptionsException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether there are files that may change. */
    boolean isWatched() {
        return tls != null || headers != null;
    }

    /** Reads the files again, and uses those that have changed. Never fails. Blocks on file I/O. */
    void reload() {
        if (tls != null) {
            tls.reload();
        }
        if (headers != null) {
            headers.reload();
        }
    }

    /** Lets calls to the upstream use it. */
    void addTo(HttpReconcilerBuilder builder) {
        if (tls != null) {
            builder.sslContext(tls::context);
        }
        if (headers != null) {
            builder.headers(headers::headers);
        }
        if (options.proxy() != null) {
            builder.proxy(options.proxy());
        }
        if (options.exposeMessages()) {
            builder.exposeUpstreamMessages();
        }
    }
}
