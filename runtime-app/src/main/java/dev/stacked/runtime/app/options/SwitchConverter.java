package dev.stacked.runtime.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code true} or {@code false}. Picocli's own also takes any other case, which a file should not rely on. */
final class SwitchConverter implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("must be true or false");
        };
    }
}
