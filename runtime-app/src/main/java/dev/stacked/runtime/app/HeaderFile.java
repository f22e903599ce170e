package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.options.UpstreamAccessOptions;
import dev.stacked.runtime.reconcile.http.UpstreamHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    private String complaint = "";

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
            complaint = "";
        } catch (RuntimeException e) { // an exception would stop the timer for good
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(complaint)) {
                LOG.warn("Headers for the upstream unusable, keeping the current ones: {}", problem);
            }
            complaint = problem;
        }
    }

    private UpstreamHeaders read() {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
                throw breaks("must hold headers; it is too large for that");
            }
            return UpstreamHeaders.parse(
                    Files.readString(path, StandardCharsets.ISO_8859_1).lines().toList());
        } catch (IllegalArgumentException e) {
            throw breaks("is invalid: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw breaks("must be a file that can be read; there is no such file");
        } catch (AccessDeniedException e) {
            throw breaks("must be a file that can be read; this process may not");
        } catch (IOException e) {
            throw breaks("must be a file that can be read");
        }
    }

    private InvalidOptionsException breaks(String rule) {
        return new InvalidOptionsException(
                "%s '%s' %s.".formatted(UpstreamAccessOptions.HEADER_FILE_OPTION, path, rule));
    }
}
