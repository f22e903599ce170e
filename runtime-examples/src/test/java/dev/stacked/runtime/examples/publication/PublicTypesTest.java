package dev.stacked.runtime.examples.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A new public type is a promise: it must be added to {@code docs/public-types.txt} on purpose. Types in packages named
 * {@code internal} promise nothing and are only counted.
 */
class PublicTypesTest {
    private static final Path EXPECTED = Path.of("../docs/public-types.txt");
    private static final Path ACTUAL = Path.of("target/public-types.txt");

    @Test
    void publicTypesAreThoseOfTheList() throws IOException {
        List<ModuleClasses> modules = ModuleClasses.onClassPath();
        assertFalse(modules.isEmpty());
        String actual = modules.stream().map(PublicTypesTest::section).collect(Collectors.joining("\n"));
        Files.writeString(ACTUAL, actual);
        assertEquals(
                Files.readString(EXPECTED),
                actual,
                "If the change is intended: cp runtime-examples/target/public-types.txt docs/public-types.txt");
    }

    private static String section(ModuleClasses module) {
        Map<Boolean, List<String>> types =
                module.publicTypes().stream().collect(Collectors.partitioningBy(type -> type.contains(".internal.")));
        return types.get(false).stream()
                .map(type -> "  " + type + "\n")
                .collect(Collectors.joining(
                        "",
                        heading(module, types.get(false).size(), types.get(true).size()),
                        ""));
    }

    private static String heading(ModuleClasses module, int promised, int internal) {
        String others = internal == 0 ? "" : ", and %d internal".formatted(internal);
        return "%s (%d%s)%n".formatted(module.artifact(), promised, others);
    }
}
