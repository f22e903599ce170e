package dev.stacked.runtime.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this machine: at {@code CHROMIUM_PATH}, or in a distribution's usual place. */
final class Chromium implements AutoCloseable {
    static final String ABSENT = "No Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.";

    private static final List<String> USUAL_PATHS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium");

    /** The first is needed as root, the usual user in containers; the others keep Chromium from calling home. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Generous for busy machines. Expected events arrive within a tenth of it. */
    private static final int PATIENCE_MILLIS = 15_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    /** Starts it. */
    static Chromium start() {
        return new Chromium(executable().orElseThrow(() -> new IllegalStateException(ABSENT)));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** Path of the browser; empty if this machine has none. */
    static Optional<Path> executable() {
        String named = System.getenv("CHROMIUM_PATH");
        return (named == null ? USUAL_PATHS.stream() : Stream.of(named))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
