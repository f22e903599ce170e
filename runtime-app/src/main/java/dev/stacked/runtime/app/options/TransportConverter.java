package dev.stacked.runtime.app.options;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a transport. */
final class TransportConverter implements ITypeConverter<TransportName> {
    @Override
    public TransportName convert(String value) {
        return Arrays.stream(TransportName.values())
                .filter(transport -> transport.optionName().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be sse, websocket, or both with a comma between"));
    }
}
