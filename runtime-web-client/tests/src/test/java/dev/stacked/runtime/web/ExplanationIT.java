package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.ScriptedStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A failure is explained by a sentence, and the server's own words are folded. */
@ExtendWith(VisitExtension.class)
class ExplanationIT {
    @Test
    void theKeyboardUnfoldsTheDetailsOfAStageAndTheyStayUnfolded(Visit visit) {
        ScriptedStage cart =
                visit.stack("checkout").stage("cart").titled("Cart").failsWith(ErrorCode.RECONCILE_FAILED);
        Tab tab = visit.open("checkout");
        Locator details = tab.stage("Cart").getByText("Scripted: reconcile-failed.");
        assertThat(tab.stage("Cart").locator(".problem")).hasText("Not up to date: the last check failed.");
        assertThat(details).isHidden();

        tab.stage("Cart").locator("summary").focus();
        tab.page().keyboard().press("Enter");
        assertThat(details).isVisible();

        visit.stack("checkout").stage("search").titled("Search");
        assertThat(tab.status("Search")).isVisible();
        assertThat(details).isVisible();

        cart.recovers();
        assertThat(tab.stage("Cart").locator(".problem")).isHidden();
        assertThat(details).isHidden();
    }

    @Test
    void anOutageIsExplainedAboveTheStages(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).isVisible();

        visit.stack("checkout").failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);

        assertThat(tab.reason()).hasText("The source of this stack does not answer.");
        Locator details = tab.page().locator("stack-runtime-panel .reason-box .detail");
        assertThat(details).isHidden();
        tab.page().locator("stack-runtime-panel .reason-box summary").click();
        assertThat(details).hasText("Scripted: upstream-unavailable.");
        assertThat(details).isVisible();
    }

    @Test
    void aStackThatDoesNotExistNeedsNoDetails(Visit visit) {
        Tab tab = visit.open("nowhere");

        assertThat(tab.reason()).hasText("This stack does not exist.");
        assertThat(tab.page().locator("stack-runtime-panel .reason-box summary"))
                .isHidden();
    }
}
