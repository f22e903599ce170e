package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.stacked.runtime.web.Upstreams.pullRequest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Titles are the upstream's: of any length, in any script, or missing. */
@ExtendWith(VisitExtension.class)
class TitleIT {
    private static final String HEBREW = "\u05e2\u05d2\u05dc\u05d4 (2)";

    @Test
    void aLongTitleTakesTwoLines(Visit visit) {
        String title = "A title that goes on and on ".repeat(30).trim();
        visit.stack("checkout").stage("s1").titled(title);
        Tab tab = visit.open("checkout");
        Locator shown = tab.stage("A title");

        assertThat(shown.locator(".title")).hasText(title);
        assertThat(shown.locator(".title")).hasAttribute("title", title);
        assertEquals(2, shown.locator(".title").evaluate("""
                        (node) => Math.round(node.clientHeight / Number.parseFloat(getComputedStyle(node).lineHeight))
                        """));
    }

    @Test
    void aStageWithoutTitleIsShownByItsId(Visit visit) {
        visit.stack("checkout").stage("s1").titled("");

        Tab tab = visit.open("checkout");

        assertThat(tab.page().locator("stack-runtime-panel .title")).hasText("s1");
    }

    @Test
    void aTitleFromRightToLeftDoesNotDisturbItsSurroundings(Visit visit) {
        visit.stack("checkout")
                .stage("s1")
                .titled(HEBREW)
                .with("pullRequest", pullRequest(7, HEBREW, "https://x.test/pull/7", "APPROVED", 3, 0));
        Tab tab = visit.open("checkout");

        for (String isolated : List.of(".title", ".request bdi")) {
            assertEquals(
                    List.of("rtl", "isolate"),
                    tab.stage(HEBREW).locator(isolated).evaluate("""
                            (node) => [getComputedStyle(node).direction, getComputedStyle(node).unicodeBidi]
                            """));
        }
        assertThat(tab.stage(HEBREW).getByRole(AriaRole.LINK)).hasText("#7 " + HEBREW);
    }

    @Test
    void thePageMayNameTheStack(Visit visit) {
        visit.stack("4f1c").stage("s1");
        Tab tab = visit.open("4f1c");
        Locator heading = tab.page().locator("stack-runtime-panel h2");
        assertThat(heading).hasText("4f1c");

        tab.run("document.querySelector('stack-runtime-panel').setAttribute('label', 'Checkout')");

        assertThat(heading).hasText("Checkout");
        assertThat(tab.status("s1")).isVisible();
    }
}
