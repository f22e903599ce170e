package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path directory;

    @Test
    void commentsBlankLinesAndSpaceSayNothing() {
        AppOptions options =
                file("\ufeff# port=1\r\n\r\n  demo = true  \r\n\tport\t=\t2").options();

        assertEquals(2, options.server().port());
    }

    @Test
    void onlyTheFirstEqualsSignParts() {
        AppOptions options = file("demo=true\nstack-path=/a=b/{stackId}").options();

        assertEquals("/a=b/{stackId}", options.upstream().stackPath());
    }

    @Test
    void nothingIsEscapedOrReplaced() {
        AppOptions options = file("demo=true\nstack-path=/$%7Bx/{stackId}").options();

        assertEquals("/$%7Bx/{stackId}", options.upstream().stackPath());
        assertEquals(
                "--host '${sys:user.home}\\' must be",
                file("host=${sys:user.home}\\")
                        .complaint()
                        .replaceAll(" \\(key.*\\)", "")
                        .substring(0, 34));
    }

    private OptionsFixture file(String text) {
        return new OptionsFixture(directory).file(text);
    }
}
