package dev.stacked.runtime.examples.publication;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A published module on the class path: a jar, or a folder of classes if the build stops before packaging.
 *
 * @param artifact the artifact id
 * @param classes names of all its classes, sorted
 */
record ModuleClasses(String artifact, List<String> classes) {
    private static final Pattern JAR = Pattern.compile("(runtime-[a-z-]+)-[0-9].*\\.jar");
    private static final List<String> UNPUBLISHED = List.of("runtime-examples", "runtime-seeded-test");

    /** All published modules, sorted by name. */
    static List<ModuleClasses> onClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .flatMap(entry -> artifactOf(entry).map(name -> read(name, entry)).stream())
                .filter(module -> !UNPUBLISHED.contains(module.artifact()))
                .sorted(Comparator.comparing(ModuleClasses::artifact))
                .toList();
    }

    private static Optional<String> artifactOf(Path entry) {
        if (entry.endsWith(Path.of("target", "classes"))) {
            return Optional.of(entry.getParent().getParent().getFileName().toString());
        }
        Matcher jar = JAR.matcher(entry.getFileName().toString());
        return jar.matches() ? Optional.of(jar.group(1)) : Optional.empty();
    }

    private static ModuleClasses read(String artifact, Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                return new ModuleClasses(artifact, classesBelow(entry));
            }
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                return new ModuleClasses(artifact, classesBelow(jar.getPath("/")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + entry, e);
        }
    }

    private static List<String> classesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Names of the types that are visible to other packages. */
    List<String> publicTypes() {
        return classes.stream()
                .map(ModuleClasses::load)
                .filter(ModuleClasses::isPublic)
                .map(Class::getName)
                .map(name -> name.replace('$', '.'))
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ModuleClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("On the class path, but not found: " + name, e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        boolean open = Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass() && !type.isLocalClass();
        return open && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }
}
