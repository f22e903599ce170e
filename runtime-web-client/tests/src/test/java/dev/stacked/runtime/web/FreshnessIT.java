package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.stacked.runtime.web.Upstreams.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.stacked.runtime.core.ErrorCode;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Data that is not up to date does not look live. */
@ExtendWith(VisitExtension.class)
class FreshnessIT {
    private static final String SHADOW = "document.querySelector('stack-runtime-panel').shadowRoot";
    private static final Pattern AGE_AND_ATTEMPT =
            Pattern.compile("as of \\d+ s ago · (next attempt in \\d+ s|trying again)");

    @Test
    void anOutageOfTheUpstreamShowsTheAgeAndTheNextAttempt(Visit visit) {
        Tab tab = openBusyStage(visit);

        visit.stack("checkout").failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);

        assertThat(tab.connection()).hasText("Not up to date");
        assertThat(tab.age()).hasText(AGE_AND_ATTEMPT);
        assertNothingMoves(tab);

        visit.stack("checkout").recovers();
        assertThat(tab.connection()).hasText("Live");
        assertThat(tab.age()).isHidden();
        assertThat(tab.reason()).isHidden();
    }

    @Test
    void anUpstreamThatIsSilentForTooLongIsNotLive(Visit visit) {
        Tab tab = openBusyStage(visit);
        tab.run("document.querySelector('stack-runtime-panel').setAttribute('max-age', '600')");
        assertThat(tab.connection()).hasText("Live");

        visit.stack("checkout").hold();

        assertThat(tab.connection()).hasText("Not up to date");
        assertThat(tab.age()).containsText("as of");
        assertThat(tab.reason()).hasText("The source of this stack is silent.");
        assertEquals("ok", tab.run("stream.upstream"));

        visit.stack("checkout").release();
        assertThat(tab.connection()).hasText("Live");
    }

    @Test
    void aLostConnectionDimsTheStagesAndShowsTheAgeAndTheNextAttempt(Visit visit) {
        Tab tab = openBusyStage(visit);
        Object live = color(tab);

        visit.server().close();

        assertThat(tab.connection()).hasText("Not up to date");
        assertThat(tab.age()).hasText(AGE_AND_ATTEMPT);
        assertNotEquals(live, color(tab));
        assertNothingMoves(tab);
    }

    @Test
    void theAgeCountsOnAfterTheEndOfTheStream(Visit visit) {
        Tab tab = openBusyStage(visit);

        tab.run("stream.stop()");

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.age()).hasText("as of 2 s ago");
        assertThat(tab.age()).hasText("as of 3 s ago");
        assertNothingMoves(tab);
    }

    @Test
    void aStageThatFailsIsDimmedAlone(Visit visit) {
        visit.stack("checkout").stage("s2").titled("Search").failsWith(ErrorCode.RECONCILE_FAILED);

        Tab tab = openBusyStage(visit);

        assertThat(tab.connection()).hasText("Partly not up to date");
        assertThat(tab.stage("Search")).hasAttribute("data-freshness", "outdated");
        assertThat(tab.stage("Cart")).not().hasAttribute("data-freshness", "outdated");
    }

    private static Tab openBusyStage(Visit visit) {
        visit.stack("checkout").stage("s1").titled("Cart").with("runtimeState", text("busy"));
        Tab tab = visit.open("checkout");
        assertThat(tab.stage("Cart").getByText("Working")).isVisible();
        assertEquals(1, animations(tab));
        return tab;
    }

    private static void assertNothingMoves(Tab tab) {
        assertEquals(0, animations(tab));
    }

    private static Object animations(Tab tab) {
        return tab.run(SHADOW + ".getAnimations({ subtree: true }).length");
    }

    private static Object color(Tab tab) {
        return tab.run("getComputedStyle(" + SHADOW + ".querySelector('.badge')).color");
    }
}
