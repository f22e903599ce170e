package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.WebSocket;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.testkit.TcpRelay;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same behaviour over WebSocket. The page uses it if the server has no other transport. */
@ExtendWith(VisitExtension.class)
class WebSocketIT {
    private static final String ONLY_WEBSOCKET = "--transports=websocket";

    @Test
    void aChangeShowsByItself(Visit visit) {
        ScriptedStage cart = visit.stack("mobile app/α").stage("cart").titled("Cart");
        visit.server(ONLY_WEBSOCKET);
        Tab tab = visit.open("mobile app/α");
        assertThat(tab.status("Cart")).hasText("In progress");

        cart.is("review").todos(2, 2);

        assertThat(tab.status("Cart")).hasText("In review");
        assertThat(tab.stage("Cart")).containsText("2 of 2 todos");
        assertEquals("open", tab.run("stream.state"));
    }

    @Test
    void afterARestartOfTheServerTheReviewThatWasMissedIsToldOnce(Visit visit) {
        ScriptedStage cart =
                visit.stack("checkout").stage("cart").titled("Cart").todos(2, 3);
        Server before = visit.server(ONLY_WEBSOCKET);
        Tab first = visit.withNotifications().open("checkout");
        Tab second = visit.open("checkout");
        assertThat(first.status("Cart")).hasText("In progress");
        assertThat(second.status("Cart")).hasText("In progress");
        assertEquals(1, before.openStreams());

        before.close();
        first.await("streamStates.some((was) => was.reason === 'draining')");
        assertThat(second.stage("Cart")).containsText("2 of 3 todos");
        cart.documentSays("in-progress").reconcileSays("review");
        visit.startServer(before.port(), ONLY_WEBSOCKET);

        assertThat(first.status("Cart")).hasText("In review");
        assertThat(second.status("Cart")).hasText("In review");
        visit.awaitNotifications(first, 1);
        first.settleClaims();
        second.settleClaims();
        assertEquals(List.of("review:checkout:cart"), visit.notifiedTags());
    }

    @Test
    void silenceIsNoticedAndTheStreamResumed(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        visit.server(ONLY_WEBSOCKET);
        try (TcpRelay network = new TcpRelay(visit.server().port())) {
            Tab tab = visit.open(network.url(), "checkout");
            assertThat(tab.status("Cart")).hasText("In progress");
            tab.run("globalThis.snapshots = 0; stream.addEventListener('snapshot', () => (snapshots += 1))");

            network.freeze();
            cart.is("review");
            tab.awaitState("stale");
            network.thaw();

            assertThat(tab.status("Cart")).hasText("In review");
            assertEquals(0, tab.run("snapshots"));
        }
    }

    @Test
    void aStackThatIsDeletedClosesTheStream(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        visit.server(ONLY_WEBSOCKET);
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        visit.stack("checkout").failsWith(ErrorCode.STACK_NOT_FOUND);

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.reason()).hasText("This stack does not exist.");
    }

    @Test
    void aStackThatDoesNotExistIsNotAskedForAgain(Visit visit) {
        visit.server(ONLY_WEBSOCKET);
        List<WebSocket> sockets = new ArrayList<>();
        Tab tab = visit.openBlank();
        tab.page().onWebSocket(sockets::add);

        tab.page().navigate(visit.server().url() + "/?stack=nowhere&transport=websocket");

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.reason()).hasText("This stack does not exist.");
        assertEquals(List.of("connecting", "closed"), tab.states());
        assertEquals(1, sockets.size());
    }

    @Test
    void aServerThatCannotSayWhetherTheStackExistsIsAskedAgain(Visit visit) {
        visit.server(ONLY_WEBSOCKET);
        Tab tab = visit.openBlank();
        tab.page().route("**/api/stacks/later/runtime", route -> route.fulfill(new FulfillOptions().setStatus(404)));
        tab.page().navigate(visit.server().url() + "/?stack=later");
        tab.awaitPresentState("reconnecting");

        visit.stack("later").stage("cart").titled("Cart");

        assertThat(tab.status("Cart")).hasText("In progress");
    }
}
