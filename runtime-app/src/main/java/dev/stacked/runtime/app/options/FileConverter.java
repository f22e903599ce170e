package dev.stacked.runtime.app.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a file, which need not be there. */
final class FileConverter implements ITypeConverter<Path> {
    private static final String RULE = "must be the path of a file";

    @Override
    public Path convert(String value) {
        if (value.isBlank()) {
            throw new TypeConversionException(RULE);
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(RULE);
        }
    }
}
