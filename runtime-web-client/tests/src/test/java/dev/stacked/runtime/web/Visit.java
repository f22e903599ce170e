package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** One test's server, its upstream, and a fresh browser profile that visits it. */
final class Visit {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Browser browser;
    private final String testName;
    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final List<Server> servers = new ArrayList<>();
    private final List<Map<?, ?>> notifications = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Browser.NewContextOptions profile = new Browser.NewContextOptions();
    private BrowserContext context;

    Visit(Browser browser, String testName) {
        this.browser = browser;
        this.testName = testName;
    }

    /** A stack of the upstream. */
    ScriptedStack stack(String id) {
        return upstream.stack(id);
    }

    /** The server; the first call starts it with these options. */
    Server server(String... options) {
        if (servers.isEmpty()) {
            startServer(0, options);
        }
        return servers.get(servers.size() - 1);
    }

    /** A server on a port that was used before. */
    Server startServer(int port, String... options) {
        servers.add(new Server(upstream, port, options));
        return servers.get(servers.size() - 1);
    }

    /** The settings of the profile, for changes before its first use. */
    Browser.NewContextOptions profile() {
        return profile;
    }

    /** The profile. Its pages report each notification that they build. */
    BrowserContext browser() {
        if (context == null) {
            context = browser.newContext(profile);
            context.exposeBinding("reportNotification", (source, arguments) -> {
                notifications.add((Map<?, ?>) arguments[0]);
                return null;
            });
            context.addInitScript(Scripts.RECORD_NOTIFICATIONS);
            context.onConsoleMessage(this::readConsole);
            context.onWebError(error -> faults.add(error.error()));
        }
        return context;
    }

    /** The same profile, as if notifications had been granted. */
    Visit withNotifications() {
        browser().grantPermissions(List.of("notifications"));
        return this;
    }

    private void readConsole(ConsoleMessage message) {
        String text = message.text();
        if (text.contains("Content Security Policy") || text.contains("Trusted")) {
            faults.add(text);
        }
    }

    /** A new tab with the page of a stack. */
    Tab open(String stackId) {
        return open(server().url(), stackId);
    }

    /** A new tab with the page of a stack, loaded from another address than the server's own. */
    Tab open(String base, String stackId) {
        Tab tab = newTab();
        tab.page().navigate(base + "/?stack=" + URLEncoder.encode(stackId, StandardCharsets.UTF_8));
        return tab;
    }

    /** A new blank tab on the server's origin, for the test's own scripts. */
    Tab openBlank() {
        Tab tab = newTab();
        tab.page().navigate(server().url() + "/");
        return tab;
    }

    private Tab newTab() {
        Page page = browser().newPage();
        page.addInitScript(Scripts.RECORD_STATES);
        return new Tab(page);
    }

    /** The tags of all notifications so far, in order. */
    List<String> notifiedTags() {
        return notifications.stream()
                .map(built -> Objects.toString(built.get("tag")))
                .toList();
    }

    /** The notifications so far. */
    List<Map<?, ?>> notifications() {
        return notifications;
    }

    /** Waits for the nth notification. */
    void awaitNotifications(Tab tab, int count) {
        tab.page().waitForCondition(() -> notifications.size() >= count);
    }

    void end(boolean failed) {
        try {
            if (failed && context != null) {
                int number = 0;
                for (Page page : context.pages()) {
                    number++;
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(SCREENSHOTS.resolve("failed-%s-%d.png".formatted(testName, number))));
                }
            }
        } finally {
            if (context != null) {
                context.close();
            }
            servers.forEach(Server::close);
        }
        assertEquals(List.of(), faults, "errors and violations of the pages");
    }
}
