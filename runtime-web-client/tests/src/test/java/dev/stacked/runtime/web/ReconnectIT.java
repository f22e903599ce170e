package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.testkit.TcpRelay;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VisitExtension.class)
class ReconnectIT {
    /** Timeout for attempts that the server's {@code Retry-After} delays. */
    private static final int PATIENCE_MILLIS = 30_000;

    @Test
    void afterARestartOfTheServerTheReviewThatWasMissedIsTold(Visit visit) {
        ScriptedStage cart =
                visit.stack("checkout").stage("cart").titled("Cart").todos(2, 3);
        Tab tab = visit.withNotifications().open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");
        Server before = visit.server();

        before.close();
        assertThat(tab.connection()).hasText("Not up to date");
        assertThat(tab.stage("Cart")).containsText("2 of 3 todos");
        assertThat(tab.age()).containsText("as of");
        cart.is("review"); // both the stack's document and the reconcile: the new server sees no transition
        visit.startServer(before.port());

        assertThat(tab.status("Cart")).hasText("In review");
        assertThat(tab.connection()).hasText("Live");
        visit.awaitNotifications(tab, 1);
        assertEquals(List.of("review:checkout:cart"), visit.notifiedTags());
    }

    @Test
    void aReviewThatBothTheSnapshotAndTheNewServerTellIsToldOnce(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        ScriptedStage payment = visit.stack("checkout").stage("payment").titled("Payment");
        Tab tab = visit.withNotifications().open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");
        Server before = visit.server();
        before.close();
        cart.documentSays("in-progress").reconcileSays("review"); // the new server sees the transition
        tab.run("""
                globalThis.received = [];
                stream.addEventListener("snapshot", () => received.push("snapshot"));
                stream.addEventListener("review-ready", ({ data, inferred }) => received.push([data.stageId, inferred]));
                """);
        visit.startServer(before.port());
        assertThat(tab.status("Cart")).hasText("In review");

        payment.is("review");

        visit.awaitNotifications(tab, 2);
        assertEquals(List.of("review:checkout:cart", "review:checkout:payment"), visit.notifiedTags());
        assertEquals(
                List.of("snapshot", List.of("cart", true), List.of("payment", false)), tab.run("globalThis.received"));
    }

    @Test
    void aShortLossIsResumedWithoutASnapshot(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        try (TcpRelay network = new TcpRelay(visit.server().port())) {
            Tab tab = visit.withNotifications().open(network.url(), "checkout");
            assertThat(tab.status("Cart")).hasText("In progress");
            tab.run("globalThis.snapshots = 0; stream.addEventListener('snapshot', () => (snapshots += 1))");

            network.freeze();
            cart.is("review");
            tab.awaitState("stale");
            network.thaw();

            assertThat(tab.status("Cart")).hasText("In review");
            visit.awaitNotifications(tab, 1);
            assertEquals(0, tab.run("snapshots"));
            assertEquals(false, tab.run("stream.lastEventId === null"));
        }
    }

    @Test
    void silenceIsNoticedAndTheStateIsKept(Visit visit) {
        ScriptedStage cart =
                visit.stack("checkout").stage("cart").titled("Cart").todos(1, 2);
        try (TcpRelay network = new TcpRelay(visit.server().port())) {
            Tab tab = visit.open(network.url(), "checkout");
            tab.awaitPresentState("open");
            assertThat(tab.stage("Cart")).containsText("1 of 2 todos");

            network.freeze();
            tab.awaitState("stale");
            assertThat(tab.stage("Cart")).containsText("1 of 2 todos");
            assertThat(tab.age()).containsText("as of");
            assertThat(tab.reason()).hasText("The server has gone silent.");

            cart.todos(2, 2);
            network.thaw();
            assertThat(tab.stage("Cart")).containsText("2 of 2 todos");
            assertThat(tab.connection()).hasText("Live");
            assertThat(tab.age()).isHidden();
        }
    }

    @Test
    void aServerThatIsFullIsAskedAgainWhenItSays(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        visit.stack("search").stage("ranking").titled("Ranking");
        visit.server("--max-connections=1");
        visit.browser().addInitScript("Math.random = () => 0"); // no delay but what the server asks for
        Tab first = visit.open("checkout");
        assertThat(first.status("Cart")).hasText("In progress");

        Tab second = visit.open("search");
        assertThat(second.page().getByText("The server has no room at the moment."))
                .isVisible();
        second.button("Reconnect now").click();
        assertEquals(
                true,
                second.run("streamStates.filter((was) => was.reason === 'unavailable' && was.retryAt)"
                        + ".every((was) => was.wait >= 1_000)"),
                "Retry-After is a second at least");
        assertEquals(false, second.run("streamStates.some((was) => was.reason === 'nudged')"));

        first.page().close();
        assertThat(second.status("Ranking")).hasText("In progress", new HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    @Test
    void thePersonMayReconnectAtOnce(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        tab.awaitPresentState("open");
        Server before = visit.server();
        tab.run("Math.random = () => 0.9999"); // the longest delays
        before.close();
        // Ceilings double: the fourth delay is 8 s.
        tab.await("streamStates.filter((was) => was.state === 'reconnecting' && was.retryAt).length >= 4");
        visit.startServer(before.port());
        tab.forgetStates();

        tab.button("Reconnect now").click();

        tab.awaitPresentState("open");
        assertEquals(List.of("reconnecting", "open"), tab.states());
        assertEquals("nudged", tab.run("streamStates[0].reason"));
    }

    @Test
    void theNetworkThatIsBackIsUsedAtOnce(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        tab.awaitPresentState("open");
        Server before = visit.server();
        tab.run("Math.random = () => 0.9999");
        before.close();
        tab.await("streamStates.filter((was) => was.state === 'reconnecting' && was.retryAt).length >= 3");
        visit.browser().setOffline(true);
        visit.startServer(before.port());
        tab.forgetStates();

        visit.browser().setOffline(false);

        tab.awaitPresentState("open");
        assertEquals("nudged", tab.run("streamStates[0].reason"));
    }

    @Test
    void stopIsForGood(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        tab.awaitPresentState("open");

        tab.run("stream.stop(); stream.stop(); stream.reconnect(); dispatchEvent(new Event('online'))");

        assertThat(tab.connection()).hasText("Closed");
        tab.page().waitForCondition(() -> visit.server().openStreams() == 0);
        assertEquals("stopped", tab.run("stream.status.reason"));
        assertEquals(List.of("connecting", "open", "closed"), tab.states());
    }
}
