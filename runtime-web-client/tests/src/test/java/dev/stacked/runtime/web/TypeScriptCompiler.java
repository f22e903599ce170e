package dev.stacked.runtime.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** {@code tsc} from its WebJar; npm is not needed. */
final class TypeScriptCompiler {
    private static final String COMPILER = "META-INF/resources/webjars/typescript/";

    private final Path compiler;

    /** @param folder receives a copy of the compiler */
    TypeScriptCompiler(Path folder) throws IOException {
        compiler = unpack(folder);
    }

    private static Path unpack(Path folder) throws IOException {
        URL home =
                Objects.requireNonNull(TypeScriptCompiler.class.getClassLoader().getResource(COMPILER), COMPILER);
        Path script = null;
        try (JarFile jar = ((JarURLConnection) home.openConnection()).getJarFile()) {
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                String[] parts = entry.getName().split("/lib/", 2);
                if (entry.getName().startsWith(COMPILER)
                        && parts.length == 2
                        && !parts[1].contains("/")
                        && !entry.isDirectory()) {
                    Path file = folder.resolve(parts[1]);
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                    script = parts[1].equals("tsc.js") ? file : script;
                }
            }
        }
        return Objects.requireNonNull(script, "tsc.js");
    }

    /** Checks the files of a {@code tsconfig.json}, and returns the compiler's output: empty on success. */
    String check(Path config) throws IOException, InterruptedException {
        return Node.run(List.of(compiler.toString(), "-p", config.toString())).output();
    }
}
