package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.stacked.runtime.web.Upstreams.pullRequest;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.stacked.runtime.core.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A stack of 30 stages, 9 of them done. */
@ExtendWith(VisitExtension.class)
class LongStackIT {
    private static final int STAGES = 30;
    private static final int DONE = 9;
    private static final int IN_REVIEW = 4;

    @Test
    void stagesAreCountedAndThoseThatAreDoneAreFolded(Visit visit) {
        Tab tab = openLongStack(visit);

        assertThat(tab.page().locator("stack-runtime-panel .summary p"))
                .hasText("9 done · 4 in review · 17 in progress · 1 failing");
        assertThat(rows(tab)).hasCount(STAGES - DONE);
        assertThat(rows(tab).first().locator(".marker")).hasText("10");

        tab.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", "long.png"))
                        .setFullPage(true));
    }

    @Test
    void theKeyboardUnfoldsThem(Visit visit) {
        Tab tab = openLongStack(visit);
        Locator toggle = tab.button("Done stages");
        assertThat(toggle).hasAttribute("aria-expanded", "false");
        toggle.focus();

        tab.page().keyboard().press("Enter");
        assertThat(toggle).hasAttribute("aria-expanded", "true");
        assertThat(rows(tab)).hasCount(STAGES);
        assertThat(toggle).isFocused();

        tab.page().keyboard().press("Space");
        assertThat(rows(tab)).hasCount(STAGES - DONE);
    }

    @Test
    void aStageThatIsDoneIsFoldedUnlessItHasTheFocus(Visit visit) {
        Tab tab = openLongStack(visit);
        JsonNode request = pullRequest(20, "feat: 20", "https://x.test/pull/20", "APPROVED", 3, 0);
        visit.stack("checkout").stage("s20").with("pullRequest", request).stores(null, request);
        Locator link = tab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("#20 feat: 20"));
        link.focus();

        visit.stack("checkout").stage("s19").is("done");
        assertThat(rows(tab)).hasCount(STAGES - DONE - 1);
        visit.stack("checkout").stage("s20").is("done");

        assertThat(tab.page().locator("stack-runtime-panel .summary p")).containsText("11 done");
        assertThat(rows(tab)).hasCount(STAGES - DONE - 1);
    }

    @Test
    void aShortStackShowsAllItsStages(Visit visit) {
        visit.stack("checkout").stage("s1").is("done");
        visit.stack("checkout").stage("s2");

        Tab tab = visit.open("checkout");

        assertThat(rows(tab)).hasCount(2);
        assertThat(tab.button("Done stages")).hasCount(0);
    }

    private static Locator rows(Tab tab) {
        return tab.page().locator("stack-runtime-panel").getByRole(AriaRole.LISTITEM);
    }

    private static Tab openLongStack(Visit visit) {
        for (int number = 1; number <= STAGES; number++) {
            visit.stack("checkout")
                    .stage("s" + number)
                    .titled("Stage " + number)
                    .is(number <= DONE ? "done" : number <= DONE + IN_REVIEW ? "review" : "in-progress");
        }
        visit.stack("checkout").stage("s" + STAGES).failsWith(ErrorCode.RECONCILE_FAILED);
        Tab tab = visit.open("checkout");
        assertThat(tab.page().locator("stack-runtime-panel .summary p")).containsText("failing");
        return tab;
    }
}
