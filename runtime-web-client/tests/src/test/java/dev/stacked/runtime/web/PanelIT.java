package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.stacked.runtime.web.Upstreams.pullRequest;
import static dev.stacked.runtime.web.Upstreams.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.ScriptedStack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(VisitExtension.class)
class PanelIT {
    private static final String COLORS =
            "getComputedStyle(document.querySelector('stack-runtime-panel').shadowRoot.querySelector('section'))";

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void axeFindsNothingToComplainOf(ColorScheme scheme, Visit visit) throws IOException {
        visit.profile().setColorScheme(scheme);
        Tab tab = openEverything(visit);
        assertEquals("[]", violations(tab.page()));

        tab.page().getByText("Events").click();
        visit.server().close();
        assertThat(tab.connection()).hasText("Not up to date");
        assertEquals("[]", violations(tab.page()));
    }

    private static String violations(Page page) throws IOException {
        try (InputStream axe = PanelIT.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
        }
        return (String) page.evaluate("""
                async () => {
                  const { violations } = await axe.run(document);
                  return JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.failureSummary)]));
                }
                """);
    }

    @Test
    void bothThemesAreLegible(Visit visit) {
        Tab tab = openEverything(visit);

        List<?> light = look(tab, ColorScheme.LIGHT);
        List<?> dark = look(tab, ColorScheme.DARK);

        assertNotEquals(light, dark);
        assertEquals(List.of("rgb(255, 255, 255)", "rgb(27, 33, 48)"), light);
        assertEquals(List.of("rgb(21, 26, 36)", "rgb(232, 236, 245)"), dark);
    }

    private static List<?> look(Tab tab, ColorScheme scheme) {
        tab.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        tab.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        return (List<?>) tab.run("[" + COLORS + ".backgroundColor, " + COLORS + ".color]");
    }

    @Test
    void aNarrowScreenNeedsNoScrollingSideways(Visit visit) {
        visit.profile().setViewportSize(320, 700);
        visit.stack("checkout").stage("long").titled("Wordwithoutanyspacethatgoesonandon".repeat(4));
        Tab tab = openEverything(visit);
        assertThat(tab.stage("Wordwithoutany")).isVisible();

        tab.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", "narrow.png"))
                        .setFullPage(true));

        assertEquals(320, tab.run("document.documentElement.scrollWidth"));
    }

    @Test
    void nothingMovesForThoseWhoWantNoMotion(Visit visit) {
        visit.profile().setReducedMotion(ReducedMotion.REDUCE);
        Tab tab = openEverything(visit);

        assertEquals(
                0,
                tab.run(
                        "document.querySelector('stack-runtime-panel').shadowRoot.getAnimations({ subtree: true }).length"));
    }

    @Test
    void theKeyboardReachesEverything(Visit visit) {
        Tab tab = openEverything(visit);
        tab.page().locator("#stack").focus();

        for (String name : List.of("Show", "Mute this stack", "Mute all", "#1 feat: cart", "#2 feat: payment")) {
            tab.page().keyboard().press("Tab");
            assertEquals(name, tab.run("(document.activeElement.shadowRoot ?? document).activeElement.textContent"));
        }
        tab.button("Mute this stack").focus();
        tab.page().keyboard().press("Enter");
        assertThat(tab.button("Mute this stack")).hasAttribute("aria-pressed", "true");
        tab.page().keyboard().press("Space");
        assertThat(tab.button("Mute this stack")).hasAttribute("aria-pressed", "false");
    }

    @Test
    void theFocusStaysWhereItIsWhileStagesChange(Visit visit) {
        Tab tab = openEverything(visit);
        Locator link = tab.stage("Cart").getByRole(AriaRole.LINK);
        Locator titles = tab.page().locator("stack-runtime-panel .title");
        link.focus();

        visit.stack("checkout").moveStage("cart", 2).stage("address").todos(2, 4);
        assertThat(titles.nth(2)).containsText("Cart");
        assertThat(tab.stage("Address")).containsText("2 of 4 todos");
        assertThat(link).isFocused();

        visit.stack("checkout").moveStage("cart", 0);
        assertThat(titles.first()).containsText("Cart");
        assertThat(link).isFocused();
    }

    @Test
    void theLiveRegionSaysWhatMattersAndDoesNotChatter(Visit visit) {
        Tab tab = openEverything(visit);
        tab.run("""
                globalThis.said = [];
                const region = document.querySelector("stack-runtime-panel").shadowRoot.querySelector("[role=status]");
                new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
                """);

        for (int completed = 1; completed <= 4; completed++) {
            visit.stack("checkout").stage("address").todos(completed, 4);
            assertThat(tab.stage("Address")).containsText(completed + " of 4 todos");
        }
        visit.stack("checkout").stage("address").is("review");
        assertThat(tab.page().getByRole(AriaRole.STATUS)).hasText("Address is ready for review.");

        assertEquals(List.of("Address is ready for review."), tab.run("said"));
    }

    @Test
    void theLossOfTheConnectionIsSaidOnceItLasts(Visit visit) {
        Tab tab = openEverything(visit);

        visit.server().close();

        assertThat(tab.page().getByRole(AriaRole.STATUS)).hasText("Connection lost. The data may be out of date.");
    }

    @Test
    void aPanelThatIsMovedOrRemovedKeepsItsManners(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        visit.stack("search").stage("ranking").titled("Ranking");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");
        tab.run("globalThis.panel = document.querySelector('stack-runtime-panel'); globalThis.was = panel.stream");

        tab.run("document.body.append(panel)");
        assertThat(tab.status("Cart")).hasText("In progress");
        assertEquals(true, tab.run("panel.stream === was"));

        tab.run("panel.setAttribute('stack', 'search')");
        assertThat(tab.status("Ranking")).hasText("In progress");
        assertEquals("closed", tab.run("was.state"));

        tab.run("panel.remove()");
        tab.page().waitForCondition(() -> visit.server().openStreams() == 0);
    }

    /** A stack that shows every kind of row. */
    private static Tab openEverything(Visit visit) {
        ScriptedStack stack = visit.stack("checkout");
        stack.stage("cart")
                .titled("Cart summary beside the form")
                .is("approved")
                .todos(3, 3)
                .with("pullRequest", pullRequest(1, "feat: cart", "https://x.test/pull/1", "APPROVED", 3, 0));
        stack.stage("payment")
                .titled("Payment methods without reload")
                .is("review")
                .todos(4, 4)
                .with(
                        "pullRequest",
                        pullRequest(2, "feat: payment", "https://x.test/pull/2", "CHANGES_REQUESTED", 1, 1));
        stack.stage("address").titled("Address").todos(0, 4).with("runtimeState", text("busy"));
        stack.stage("retrying")
                .titled("Retrying stage")
                .todos(1, 4)
                .with("runtimeState", text("retry"))
                .failsWith(ErrorCode.RECONCILE_FAILED);
        stack.stage("later").titled("Not begun").is("not-started");
        stack.stage("odd").titled("Of the future").is("paused");
        Tab tab = visit.withNotifications().open("checkout");
        assertThat(tab.stage("Retrying stage")).containsText("Not up to date");
        assertThat(tab.status("Address")).hasText("In progress");
        assertThat(tab.button("Mute all")).isVisible();
        assertTrue(tab.page().url().contains("stack=checkout"));
        return tab;
    }
}
