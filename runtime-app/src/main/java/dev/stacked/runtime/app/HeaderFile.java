package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.log.ReloadLog;
import dev.stacked.runtime.app.internal.options.TextFiles;
import dev.stacked.runtime.app.internal.options.UpstreamAccessOptions;
import dev.stacked.runtime.reconcile.http.UpstreamHeaders;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of headers for the upstream, which can be reloaded at run time. Its content is never shown. Thread-safe. */
final class HeaderFile {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderFile.class);
    /** Headers have a few hundred bytes; a larger file is of another kind. */
    private static final int MAX_BYTES = 64 * 1024;

    private final Path path;
    private volatile UpstreamHeaders headers;
    private final ReloadLog reloads = new ReloadLog(LOG, "Headers for the upstream", "ones");

    /**
     * Reads the file. Blocks on file I/O.
     *
     * @throws InvalidOptionsException if it is invalid; names the file and the rule
     */
    HeaderFile(Path path) {
        this.path = path;
        this.headers = read();
    }

    /** The headers that were read last. */
    UpstreamHeaders headers() {
        return headers;
    }

    /** Reloads the file. An invalid file is logged once and never fails the caller. Blocks on file I/O. */
    synchronized void reload() {
        try {
            UpstreamHeaders now = read();
            if (!now.equals(headers)) {
                headers = now;
                LOG.info("Headers for the upstream replaced: {}", now);
            }
            reloads.usable();
        } catch (RuntimeException e) { // an exception would stop the timer for good
            reloads.unusable(String.valueOf(e.getMessage()));
        }
    }

    private UpstreamHeaders read() {
        String text = TextFiles.read(path, MAX_BYTES, "must hold headers; it is too large for that", this::breaks);
        try {
            return UpstreamHeaders.parse(text.lines().toList());
        } catch (IllegalArgumentException e) {
            throw breaks("is invalid: " + e.getMessage());
        }
    }

    private InvalidOptionsException breaks(String rule) {
        return new InvalidOptionsException(
                "%s '%s' %s.".formatted(UpstreamAccessOptions.HEADER_FILE_OPTION, path, rule));
    }
}
