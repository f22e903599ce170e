package dev.stacked.runtime.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names, comments and messages of the main sources use the terms of the field. Each word in the list is rare in
 * technical English and has a plainer replacement.
 */
class LanguageTest {
    private static final Path ROOT = Path.of("..");

    private static final Map<String, String> REPLACEMENTS = Map.of(
            "told", "emitted, sent, reported",
            "whoever", "the caller, the client",
            "nobody", "no subscriber, no caller",
            "somebody", "the caller, a client",
            "he", "they",
            "him", "them",
            "his", "their");

    /** Each word, also with a capital first letter; {@code noBody} is no match. */
    private static final Pattern WORD = Pattern.compile(REPLACEMENTS.keySet().stream()
            .map(word -> "(?i:" + word.charAt(0) + ")" + word.substring(1))
            .collect(Collectors.joining("|", "\\b(", ")\\b")));

    @Test
    void mainSourcesUseTheTermsOfTheField() throws IOException {
        List<Path> files = mainSources();
        assertTrue(files.size() > 100, () -> "Only " + files.size() + " files found.");

        List<String> findings = files.stream().flatMap(LanguageTest::findings).toList();

        assertEquals("", String.join("\n", findings));
    }

    @Test
    void findsEachWord() {
        String line =
                " * Whoever is told that nobody (or somebody) reads it: he, him, {@code his}. Not this, there, noBody.";

        assertEquals(
                REPLACEMENTS.keySet().size(),
                findings(Path.of("file"), List.of(line)).count());
    }

    private static List<Path> mainSources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.filter(module -> module.getFileName().toString().startsWith("runtime-"))
                    .flatMap(module -> Stream.of("src/main", "client", "page").map(module::resolve))
                    .filter(Files::isDirectory)
                    .flatMap(folder -> texts(folder).stream())
                    .toList();
        }
    }

    private static List<Path> texts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".+\\.(java|js|ts|html|css|c|h)"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> findings(Path file) {
        try {
            return findings(ROOT.relativize(file), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> findings(Path file, List<String> lines) {
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(i -> words(lines.get(i)).map(word -> file + ":" + (i + 1) + ": " + advice(word)));
    }

    private static Stream<String> words(String line) {
        return WORD.matcher(line).results().map(MatchResult::group);
    }

    private static String advice(String word) {
        return "instead of '%s' write: %s".formatted(word, REPLACEMENTS.get(word.toLowerCase(Locale.ROOT)));
    }
}
