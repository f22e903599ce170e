package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.ScriptedStage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VisitExtension.class)
class NotificationIT {
    private static final String CART = "review:checkout:cart";
    private static final String PAYMENT = "review:checkout:payment";

    @Test
    void oneTransitionIsOneNotificationInTwoTabsAndAfterReload(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        ScriptedStage payment = visit.stack("checkout").stage("payment").titled("Payment");
        Tab first = visit.withNotifications().open("checkout");
        Tab second = visit.open("checkout");
        assertThat(first.status("Cart")).hasText("In progress");
        assertThat(second.status("Cart")).hasText("In progress");

        cart.is("review");
        settle(visit, 1, first, second);
        first.page().reload();
        second.page().reload();
        assertThat(first.status("Cart")).hasText("In review");
        assertThat(second.status("Cart")).hasText("In review");

        payment.is("review");
        settle(visit, 2, first, second);
        assertEquals(List.of(CART, PAYMENT), visit.notifiedTags());
        assertEquals("Ready for review", visit.notifications().get(0).get("title"));
        assertEquals("Cart (checkout)", visit.notifications().get(0).get("body"));
    }

    @Test
    void aStageThatIsSentBackAndComesAgainIsNotifiedAgain(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.withNotifications().open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        cart.is("review");
        assertThat(tab.status("Cart")).hasText("In review");
        cart.is("in-progress");
        assertThat(tab.status("Cart")).hasText("In progress");
        cart.is("review");

        settle(visit, 2, tab);
        assertEquals(List.of(CART, CART), visit.notifiedTags());
    }

    @Test
    void aMutedStackIsNotNotifiedInAnyTabUntilItIsUnmuted(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        ScriptedStage payment = visit.stack("checkout").stage("payment").titled("Payment");
        Tab first = visit.withNotifications().open("checkout");
        Tab second = visit.open("checkout");
        assertThat(first.status("Cart")).hasText("In progress");

        first.button("Mute this stack").click();
        assertThat(second.button("Mute this stack")).hasAttribute("aria-pressed", "true");
        second.page().reload();
        assertThat(second.button("Mute this stack")).hasAttribute("aria-pressed", "true");
        assertThat(second.button("Mute all")).hasAttribute("aria-pressed", "false");
        cart.is("review");
        assertThat(first.status("Cart")).hasText("In review");
        assertThat(second.status("Cart")).hasText("In review");

        second.button("Mute this stack").click();
        assertThat(first.button("Mute this stack")).hasAttribute("aria-pressed", "false");
        payment.is("review");
        settle(visit, 1, first, second);
        assertEquals(List.of(PAYMENT), visit.notifiedTags());
    }

    @Test
    void muteAllCountsForEveryStackAndLeavesTheSettingsOfStacks(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        visit.stack("search").stage("ranking").titled("Ranking");
        Tab tab = visit.withNotifications().open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        tab.button("Mute all").click();
        assertThat(tab.button("Mute this stack")).hasAttribute("aria-pressed", "false");
        cart.is("review");
        assertThat(tab.status("Cart")).hasText("In review");
        tab.button("Mute all").click();

        Tab other = visit.open("search");
        assertThat(other.status("Ranking")).hasText("In progress");
        visit.stack("search").stage("ranking").is("review");
        settle(visit, 1, tab, other);
        assertEquals(List.of("review:search:ranking"), visit.notifiedTags());
        assertEquals("{\"all\":false,\"stacks\":[]}", tab.run("localStorage.getItem('runtime-stream.mute')"));
    }

    @Test
    void deniedPermissionIsSaidAndNothingIsNotified(Visit visit) {
        visit.browser().addInitScript("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })");
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        cart.is("review");

        assertThat(tab.status("Cart")).hasText("In review");
        tab.settleClaims();
        assertThat(tab.page().getByText("Notifications are blocked for this site."))
                .isVisible();
        assertThat(tab.button("Mute this stack")).isHidden();
        assertEquals(List.of(), visit.notifiedTags());
    }

    @Test
    void thePersonIsAskedOnAClickAndOnlyThen(Visit visit) {
        visit.browser().addInitScript("""
                        globalThis.asked = 0;
                        let permission = "default";
                        Object.defineProperty(Notification, "permission", { get: () => permission });
                        Notification.requestPermission = async () => { asked += 1; return (permission = "granted"); };
                        """);
        visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");
        assertEquals(0, tab.run("asked"));

        tab.button("Notify me of reviews").click();

        assertThat(tab.button("Mute this stack")).isVisible();
        assertThat(tab.button("Notify me of reviews")).isHidden();
        assertEquals(1, tab.run("asked"));
    }

    @Test
    void aClickOnTheNotificationBringsTheTabToTheFront(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        Tab tab = visit.withNotifications().open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");
        cart.is("review");
        settle(visit, 1, tab);

        tab.run("window.focus = () => (globalThis.focused = true); builtNotifications[0].onclick()");

        assertEquals(true, tab.run("globalThis.focused"));
    }

    private static void settle(Visit visit, int notifications, Tab... tabs) {
        visit.awaitNotifications(tabs[0], notifications);
        for (Tab tab : tabs) {
            // One tab informs all the others; by now each has claimed the notification or was refused.
            tab.settleClaims();
        }
    }
}
