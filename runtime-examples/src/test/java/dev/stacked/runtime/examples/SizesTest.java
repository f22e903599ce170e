package dev.stacked.runtime.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Main sources stay small enough to be read at one sitting. The list of all sizes, largest first, is in {@code
 * target/sizes.txt}.
 */
class SizesTest {
    private static final int MAX_FILE_LINES = 300;
    private static final int MAX_METHOD_LINES = 40;
    private static final Path ROOT = Path.of("..");
    private static final Path LIST = Path.of("target/sizes.txt");

    private static final List<Size> FILES = new ArrayList<>();
    private static final List<Size> METHODS = new ArrayList<>();

    private record Size(long lines, String of) {
        @Override
        public String toString() {
            return "%5d  %s".formatted(lines, of);
        }
    }

    @BeforeAll
    static void measure() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(mainSources()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree file : task.parse()) {
                FILES.add(new Size(file.getLineMap().getLineNumber(positions.getEndPosition(file, file)), name(file)));
                new Methods(file, positions).scan(file, name(file));
            }
        }
        FILES.sort(Comparator.comparingLong(Size::lines).reversed());
        METHODS.sort(Comparator.comparingLong(Size::lines).reversed());
        Files.writeString(LIST, "Files (lines)\n" + text(FILES) + "\nMethods (lines)\n" + text(METHODS));
    }

    private static List<Path> mainSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static String name(CompilationUnitTree file) {
        return file.getSourceFile().getName().replaceAll("^.*/src/main/java/", "");
    }

    private static String text(List<Size> sizes) {
        return sizes.stream().map(size -> size + "\n").collect(Collectors.joining());
    }

    @Test
    void noFileIsTooLong() {
        assertTrue(FILES.size() > 100, () -> "Only " + FILES.size() + " files found.");
        assertEquals(
                "",
                text(FILES.stream()
                        .filter(size -> size.lines() > MAX_FILE_LINES)
                        .toList()));
    }

    /** Constructors may list what they create. */
    @Test
    void noMethodIsTooLong() {
        assertTrue(METHODS.size() > 1_000, () -> "Only " + METHODS.size() + " methods found.");
        List<Size> tooLong = METHODS.stream()
                .filter(size -> size.lines() > MAX_METHOD_LINES && !size.of().endsWith(" <init>"))
                .toList();
        assertEquals("", text(tooLong));
    }

    /** Adds the size of each method, from its signature on: without Javadoc and annotations. */
    private static final class Methods extends TreeScanner<Void, String> {
        private final CompilationUnitTree file;
        private final SourcePositions positions;

        private Methods(CompilationUnitTree file, SourcePositions positions) {
            this.file = file;
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, String place) {
            if (method.getBody() != null) {
                METHODS.add(new Size(lines(method), place + " " + method.getName()));
            }
            return super.visitMethod(method, place);
        }

        private long lines(MethodTree method) {
            LineMap lines = file.getLineMap();
            Tree first = method.getReturnType() == null ? method.getBody() : method.getReturnType();
            return lines.getLineNumber(positions.getEndPosition(file, method))
                    - lines.getLineNumber(positions.getStartPosition(file, first))
                    + 1;
        }
    }
}
