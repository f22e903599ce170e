package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.app.InvalidOptionsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An invocation that is put together piece by piece. */
final class OptionsFixture {
    private final Path file;
    private final List<String> args = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    /** @param directory where the file goes, if there is one */
    OptionsFixture(Path directory) {
        this.file = directory.resolve("runtime.conf");
    }

    OptionsFixture args(String... values) {
        args.addAll(List.of(values));
        return this;
    }

    OptionsFixture env(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Adds {@code --config} too. */
    OptionsFixture file(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return args("--config", file.toString());
    }

    Path file() {
        return file;
    }

    Invocation parse() {
        return new OptionsParser(environment).parse(args.toArray(String[]::new));
    }

    AppOptions options() {
        return assertInstanceOf(Invocation.Serve.class, parse()).options();
    }

    List<String> ignoredVariables() {
        return assertInstanceOf(Invocation.Serve.class, parse()).ignoredVariables();
    }

    String information() {
        return assertInstanceOf(Invocation.Inform.class, parse()).text();
    }

    /** The one line that says what is wrong. */
    String complaint() {
        return assertThrows(InvalidOptionsException.class, this::parse).line();
    }
}
