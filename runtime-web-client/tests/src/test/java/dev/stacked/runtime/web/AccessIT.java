package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for a user without access, or whose access has been revoked. */
@ExtendWith(VisitExtension.class)
class AccessIT {
    private static Tab open(Visit visit, String transport) {
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.openBlank();
        tab.page().navigate(visit.server().url() + "/?stack=checkout&transport=" + transport);
        return tab;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "websocket"})
    void somebodyUnknownIsToldAndTheServerIsNotAskedAgain(String transport, Visit visit) {
        visit.server().access().knowsNobody();

        Tab tab = open(visit, transport);

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.reason()).hasText("You are not signed in.");
        assertEquals(List.of("connecting", "closed"), tab.states());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "websocket"})
    void streamThatIsTakenBackIsClosedAndKeepsWhatWasKnown(String transport, Visit visit) {
        Tab tab = open(visit, transport);
        assertThat(tab.status("Cart")).hasText("In progress");

        visit.server().access().forbids();

        assertThat(tab.connection()).hasText("Closed");
        assertThat(tab.reason()).hasText("You are not allowed to see this stack.");
        assertThat(tab.status("Cart")).hasText("In progress");
        assertEquals("forbidden", tab.run("stream.status.reason"));
    }
}
