package dev.stacked.runtime.app.internal.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads small text files that options name. */
public final class TextFiles {
    private TextFiles() {}

    /**
     * Reads a file as ISO 8859-1, which accepts any bytes. Blocks on file I/O.
     *
     * @param maxBytes maximum size; a larger file is of another kind
     * @param tooLarge the rule that a larger file breaks
     * @param breaks creates the exception for a rule that the file breaks
     * @throws E if the file is too large or cannot be read
     */
    public static <E extends Exception> String read(
            Path path, int maxBytes, String tooLarge, Function<String, E> breaks) throws E {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > maxBytes) {
                throw breaks.apply(tooLarge);
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw breaks.apply("must be a file that can be read; there is no such file");
        } catch (AccessDeniedException e) {
            throw breaks.apply("must be a file that can be read; this process may not");
        } catch (IOException e) {
            throw breaks.apply("must be a file that can be read");
        }
    }
}
