package dev.stacked.runtime.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the port of the admin server, or {@code off}. */
final class AdminPortConverter implements ITypeConverter<AdminPort> {
    private static final String OFF = "off";

    private final WholeNumberConverter number = new WholeNumberConverter.Port();

    @Override
    public AdminPort convert(String value) {
        if (value.equals(OFF)) {
            return new AdminPort.Off();
        }
        try {
            return new AdminPort.Fixed(number.convert(value));
        } catch (TypeConversionException e) {
            throw new TypeConversionException(e.getMessage() + ", or off");
        }
    }
}
