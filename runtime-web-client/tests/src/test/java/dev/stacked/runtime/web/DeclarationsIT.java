package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the TypeScript declarations against their use and against the code that they describe. */
class DeclarationsIT {
    private static final Path WEB = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private static Path home;

    private static TypeScriptCompiler compiler;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpackCompiler() throws IOException {
        compiler = new TypeScriptCompiler(home);
    }

    @Test
    void theyFitWhoeverUsesThePackage() throws Exception {
        Files.copy(Path.of("src", "test", "resources", "consumer.ts"), folder.resolve("consumer.ts"));

        assertEquals("", check("\"strict\": true", folder.resolve("consumer.ts")));
    }

    @Test
    void aWrongUseIsFound() throws Exception {
        Files.writeString(folder.resolve("wrong.ts"), """
                import { RuntimeStream } from "runtime-stream";
                new RuntimeStream("checkout", { transport: "pigeon" });
                """);

        String said = check("\"strict\": true", folder.resolve("wrong.ts"));

        assertTrue(said.contains("\"pigeon\"' is not assignable"), said);
    }

    @Test
    void theCodeIsWhatTheySay() throws Exception {
        String options = "\"allowJs\": true, \"checkJs\": true, \"strict\": true, \"noImplicitAny\": false";

        assertEquals("", check(options, WEB.resolve("client/**/*"), WEB.resolve("page/**/*")));
    }

    @Test
    void theyNameWhatTheCodeExports() throws Exception {
        Files.writeString(folder.resolve("same.ts"), """
                import * as declared from "runtime-stream";
                const names: (keyof typeof declared)[] = %s;
                const all: Record<keyof typeof declared, true> = { EVENT_TYPES: true, ReviewNotifier: true, RuntimeEvent: true, RuntimeStream: true };
                export { all, names };
                """.formatted(exportedNames()));

        assertEquals("", check("\"strict\": true", folder.resolve("same.ts")));
    }

    private static String exportedNames() throws IOException {
        StringBuilder names = new StringBuilder("[");
        Files.readString(WEB.resolve("client/index.js"))
                .lines()
                .filter(line -> line.startsWith("export {"))
                .flatMap(line -> Arrays.stream(
                        line.substring(8, line.indexOf('}')).trim().split(", ")))
                .forEach(name -> names.append('"').append(name).append("\", "));
        return names.append(']').toString();
    }

    private String check(String options, Path... files) throws IOException, InterruptedException {
        StringBuilder included = new StringBuilder();
        for (Path file : files) {
            included.append(included.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(file)
                    .append('"');
        }
        Path config = folder.resolve("tsconfig.json");
        Files.writeString(config, """
                {
                  "compilerOptions": {
                    %s, "noEmit": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler",
                    "lib": ["es2022", "dom", "dom.iterable"], "types": [],
                    "paths": {
                      "runtime-stream": ["%2$s/client/index.d.ts"],
                      "runtime-stream/panel": ["%2$s/client/panel.d.ts"]
                    }
                  },
                  "include": [%3$s]
                }
                """.formatted(options, WEB, included));
        return compiler.check(config);
    }
}
