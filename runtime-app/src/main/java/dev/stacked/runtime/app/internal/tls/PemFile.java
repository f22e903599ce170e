package dev.stacked.runtime.app.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file set by an option.
 *
 * @param option name of the option, such as {@code --tls-key}
 * @param path the file
 */
record PemFile(String option, Path path) {
    /** PEM files have a few kilobytes; a larger file is of another kind. */
    private static final int MAX_BYTES = 1 << 20;

    /** Reads the file's current content. */
    String read() throws InvalidPemException {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
                throw breaks("must be a PEM file; this one is too large for that");
            }
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw breaks("must be a file that can be read; there is no such file");
        } catch (AccessDeniedException e) {
            throw breaks("must be a file that can be read; this process may not");
        } catch (IOException e) {
            throw breaks("must be a file that can be read");
        }
    }

    InvalidPemException breaks(String rule) {
        return new InvalidPemException(this, rule);
    }
}
