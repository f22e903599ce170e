package dev.stacked.runtime.app.internal.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files for browsers, on the class path under {@code web/}. */
final class WebResources {
    private static final String ROOT = "/web/";
    private static final String PAGE = "page/index.html";

    private WebResources() {}

    /** Reads all files, by path such as {@code client/index.js}, in order. */
    static SortedMap<String, byte[]> read() {
        URL page = Objects.requireNonNull(WebResources.class.getResource(ROOT + PAGE), PAGE);
        try {
            if (page.openConnection() instanceof JarURLConnection jar) {
                return readJar(jar.getJarFileURL().toURI());
            }
            return read(Path.of(page.toURI()).resolve("../..").normalize());
        } catch (IOException e) {
            throw new UncheckedIOException("The page's files cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The page's files have an unreadable URL", e);
        }
    }

    private static SortedMap<String, byte[]> readJar(URI jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
            return read(files.getPath(ROOT));
        }
    }

    private static SortedMap<String, byte[]> read(Path root) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                contents.put(path, Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
