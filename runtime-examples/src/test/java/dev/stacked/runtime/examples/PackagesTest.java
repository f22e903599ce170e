package dev.stacked.runtime.examples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A package belongs to one module, tests included. Java modules do not allow split packages, and a test in another
 * module's package would use classes that users of that module cannot.
 */
class PackagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    /** Never published; benchmarks package-private classes of core. */
    private static final String BENCH = "runtime-bench";

    private record Source(String packageName, String module) {}

    @Test
    void noPackageIsInTwoModules() throws IOException {
        Map<String, TreeSet<String>> modules = modules()
                .filter(module -> !module.equals(BENCH))
                .flatMap(PackagesTest::sources)
                .collect(groupingBy(
                        Source::packageName, TreeMap::new, mapping(Source::module, toCollection(TreeSet::new))));
        assertTrue(modules.containsKey("dev.stacked.runtime.examples"), modules::toString);

        modules.values().removeIf(of -> of.size() == 1);

        assertEquals(Map.of(), modules);
    }

    private static Stream<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1));
    }

    private static Stream<Source> sources(String module) {
        return list(ROOT.resolve(module).resolve("src")).stream()
                .map(kind -> kind.resolve("java"))
                .flatMap(root -> javaFiles(root).stream()
                        .map(file -> new Source(packageName(root.relativize(file.getParent())), module)));
    }

    private static String packageName(Path folder) {
        return folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of(); // a module without code
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of(); // scripts or web pages
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
