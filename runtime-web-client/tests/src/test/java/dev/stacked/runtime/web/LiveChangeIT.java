package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.stacked.runtime.web.Upstreams.pullRequest;
import static dev.stacked.runtime.web.Upstreams.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.ScriptedStage;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VisitExtension.class)
class LiveChangeIT {
    @Test
    void aChangeShowsByItself(Visit visit) {
        ScriptedStage stage = visit.stack("checkout").stage("s1").titled("Cart");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        stage.with("runtimeState", text("busy")).todos(1, 3);

        assertThat(tab.stage("Cart").getByText("Working")).isVisible();
        assertThat(tab.stage("Cart").getByText("1 of 3 todos")).isVisible();
        assertThat(tab.stage("Cart").getByRole(AriaRole.PROGRESSBAR)).hasAttribute("max", "3");

        stage.is("review")
                .with("runtimeState", text("idle"))
                .with("pullRequest", pullRequest(7, "feat: cart", "https://x.test/pull/7", "CHANGES_REQUESTED", 1, 1));

        assertThat(tab.status("Cart")).hasText("In review");
        assertThat(tab.stage("Cart").getByText("Working")).isHidden();
        Locator link = tab.stage("Cart").getByRole(AriaRole.LINK);
        assertThat(link).hasText("#7 feat: cart");
        assertThat(link).hasAttribute("href", "https://x.test/pull/7");
        assertThat(tab.stage("Cart")).containsText("1 of 3 checks passed, 1 failed · changes requested");
    }

    @Test
    void anAgentThatIsIdleOnAStageInProgressIsNoticed(Visit visit) {
        ScriptedStage stage = visit.stack("checkout").stage("s1").titled("Cart");
        Tab tab = visit.open("checkout");
        Locator activity = tab.stage("Cart").locator(".activity");
        assertThat(activity).hasText(Pattern.compile("^Agent idle since \\d\\d:\\d\\d or earlier$"));

        stage.with("runtimeState", text("busy"));
        assertThat(activity).hasText("Working");

        stage.with("runtimeState", text("idle"));
        assertThat(activity).hasText(Pattern.compile("^Agent idle since \\d\\d:\\d\\d$"));

        stage.is("review");
        assertThat(activity).isHidden();
    }

    @Test
    void stagesStandInTheOrderOfTheStackAlsoWhenItChanges(Visit visit) {
        visit.stack("checkout").stage("a");
        visit.stack("checkout").stage("b").is("not-started");
        visit.stack("checkout").stage("c").is("done");
        Tab tab = visit.open("checkout");
        Locator titles = tab.page().locator("stack-runtime-panel .title");
        assertThat(titles).hasText(new String[] {"a", "b", "c"});

        visit.stack("checkout").moveStage("c", 0).removeStage("b");

        assertThat(titles).hasText(new String[] {"c", "a"});
    }

    @Test
    void aStageThatFailsSaysWhyAndKeepsWhatWasKnownUntilItRecovers(Visit visit) {
        ScriptedStage stage = visit.stack("checkout").stage("s1").titled("Cart").todos(2, 4);
        Tab tab = visit.open("checkout");
        assertThat(tab.stage("Cart")).containsText("2 of 4 todos");

        stage.failsWith(ErrorCode.RECONCILE_FAILED);
        assertThat(tab.stage("Cart").locator(".problem")).hasText("Not up to date: the last check failed.");
        assertThat(tab.stage("Cart")).containsText("2 of 4 todos");

        stage.recovers();
        assertThat(tab.stage("Cart").locator(".problem")).isHidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobile app/α", "..", ".", "a?b#c%2F", "\"quoted\" & <b>", "🚀"})
    void anyTextIsAStackId(String id, Visit visit) {
        visit.stack(id).stage("s1").titled("Cart");

        Tab tab = visit.open(id);

        assertThat(tab.status("Cart")).hasText("In progress");
        assertThat(tab.page().locator("stack-runtime-panel h2")).hasText(id);
    }

    @Test
    void whatTheServerTellsIsTextAndNeverMarkup(Visit visit) {
        String hostile = "<img src=x onerror=\"window.attacked=1\"><script>window.attacked=1</script>\u202e";
        visit.stack("checkout")
                .stage("__proto__")
                .titled(hostile)
                .is("<b>odd</b>")
                .with("pullRequest", pullRequest(1, "odd", "javascript:window.attacked=1", "APPROVED", 0, 0));
        visit.stack("checkout").stage("constructor").titled("Constructor").todos(1, 2);

        Tab tab = visit.open("checkout");

        Locator row = tab.page().locator("stack-runtime-panel .stage").first();
        assertThat(row.locator(".title")).hasText(hostile);
        assertThat(row.locator(".badge")).hasText("<b>odd</b>");
        assertThat(row.locator("a")).not().hasAttribute("href", Pattern.compile(".*"));
        assertThat(tab.stage("Constructor")).containsText("1 of 2 todos");
        tab.page().getByText("Events").click();
        assertThat(tab.page().locator("#log")).containsText("onerror");
        assertEquals(
                0,
                tab.page()
                        .locator("#log img, #log script, stack-runtime-panel img")
                        .count());
        assertEquals(false, tab.run("'attacked' in window || 'odd' in Object.prototype"));
    }

    @Test
    void aStackThatDoesNotExistIsNotAskedForAgain(Visit visit) {
        Tab tab = visit.open("nowhere");

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.reason()).hasText("This stack does not exist.");
        assertEquals("gone", tab.run("stream.status.reason"));
        assertEquals(List.of("connecting", "closed"), tab.states());
    }

    @Test
    void aStackThatIsDeletedClosesTheStream(Visit visit) {
        visit.stack("checkout").stage("s1").titled("Cart");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        visit.stack("checkout").failsWith(ErrorCode.STACK_NOT_FOUND);

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.status("Cart")).hasText("In progress");
        assertEquals("gone", tab.run("stream.status.reason"));
    }
}
