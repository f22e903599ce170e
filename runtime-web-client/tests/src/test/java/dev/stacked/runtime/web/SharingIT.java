package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.ScriptedStage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VisitExtension.class)
class SharingIT {
    /** A tab that asks the new leader for its state only after the leader has forwarded a change. */
    private static final String ASKS_LATE = """
            const post = BroadcastChannel.prototype.postMessage;
            BroadcastChannel.prototype.postMessage = function (message) {
              return message.kind === "hello" ? setTimeout(() => post.call(this, message), 500) : post.call(this, message);
            };
            void 0; // a function as the last value would be called
            """;

    @Test
    void sevenTabsLiveOnOneConnection(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        List<Tab> tabs = new ArrayList<>();
        for (int number = 1; number <= 7; number++) {
            tabs.add(visit.open("checkout"));
        }
        for (Tab tab : tabs) {
            assertThat(tab.status("Cart")).hasText("In progress");
            assertThat(tab.connection()).hasText("Live");
        }
        assertEquals(1, visit.server().openStreams());

        cart.todos(1, 2);

        for (Tab tab : tabs) {
            assertThat(tab.stage("Cart")).containsText("1 of 2 todos");
        }
        assertEquals(1, visit.server().openStreams());
    }

    @Test
    void whenTheLeaderIsClosedAnotherTabTakesOverWithoutLoss(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        ScriptedStage payment = visit.stack("checkout").stage("payment").titled("Payment");
        Tab leader = visit.withNotifications().open("checkout");
        assertThat(leader.status("Cart")).hasText("In progress");
        Tab second = visit.open("checkout");
        Tab third = visit.open("checkout");
        assertThat(second.status("Cart")).hasText("In progress");
        assertThat(third.status("Cart")).hasText("In progress");
        third.run("globalThis.snapshots = 0; stream.addEventListener('snapshot', () => (snapshots += 1))");
        third.run(ASKS_LATE);

        leader.page().close();
        cart.is("review");

        assertThat(second.status("Cart")).hasText("In review");
        assertThat(third.status("Cart")).hasText("In review");
        second.page().waitForCondition(() -> visit.server().openStreams() == 1);
        assertEquals(0, third.run("snapshots"));

        payment.is("review");
        visit.awaitNotifications(second, 2);
        second.settleClaims();
        third.settleClaims();
        assertEquals(List.of("review:checkout:cart", "review:checkout:payment"), visit.notifiedTags());
    }

    @Test
    void aTabThatJoinsIsToldWhatIsWrong(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart").failsWith(ErrorCode.RECONCILE_FAILED);
        visit.stack("checkout").stage("payment").titled("Payment");
        Tab first = visit.open("checkout");
        assertThat(first.stage("Cart")).containsText("Not up to date");

        Tab second = visit.open("checkout");

        assertThat(second.stage("Cart")).containsText("Not up to date");
        assertThat(second.status("Payment")).hasText("In progress");
        assertEquals(1, visit.server().openStreams());
    }

    @Test
    void aLeaderThatHangsIsReplaced(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        Tab leader = visit.open("checkout");
        assertThat(leader.status("Cart")).hasText("In progress");
        Tab second = visit.open("checkout");
        assertThat(second.status("Cart")).hasText("In progress");

        leader.run("setTimeout(() => { const end = Date.now() + 5_000; while (Date.now() < end); })");
        cart.todos(1, 2);

        assertThat(second.stage("Cart")).containsText("1 of 2 todos");
        assertThat(second.connection()).hasText("Live");
        second.await("streamStates.some((was) => was.reason === 'hand-over')");
        cart.todos(2, 2);
        assertThat(second.stage("Cart")).containsText("2 of 2 todos");
        assertThat(leader.stage("Cart")).containsText("2 of 2 todos", new ContainsTextOptions().setTimeout(20_000));
        second.page().waitForCondition(() -> visit.server().openStreams() == 1);
    }

    @Test
    void aTabThatIsLeftAndRestoredGoesOn(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        tab.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        tab.page().waitForCondition(() -> visit.server().openStreams() == 0);
        cart.is("review");
        tab.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

        assertThat(tab.status("Cart")).hasText("In review");
        assertThat(tab.connection()).hasText("Live");
    }

    @Test
    void browsersThatCannotShareHaveAConnectionPerTab(Visit visit) {
        visit.browser().addInitScript("delete Navigator.prototype.locks");
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab first = visit.open("checkout");
        Tab second = visit.open("checkout");

        assertThat(first.status("Cart")).hasText("In progress");
        assertThat(second.status("Cart")).hasText("In progress");
        assertEquals(2, visit.server().openStreams());
    }
}
