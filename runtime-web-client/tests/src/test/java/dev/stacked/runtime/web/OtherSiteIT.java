package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The panel on pages of other origins. */
@ExtendWith(VisitExtension.class)
class OtherSiteIT {
    /** As in docs/browser-client.md, on a site of another origin. */
    @Test
    void aPageOfTenLinesIsEnough(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        try (OtherSite site = new OtherSite()) {
            String server = visit.server("--allowed-origin=" + site.origin()).url();
            site.shows("""
                    <!doctype html>
                    <html lang="en">
                      <meta charset="utf-8">
                      <title>My stack</title>
                      <script type="module" src="%1$s/client/panel.js"></script>
                      <h1>My stack</h1>
                      <stack-runtime-panel stack="checkout" base-url="%1$s"></stack-runtime-panel>
                    </html>
                    """.formatted(server));
            Tab tab = visit.openBlank();

            tab.page().navigate(site.origin());

            assertThat(tab.status("Cart")).hasText("In progress");
            assertThat(tab.page().getByRole(AriaRole.REGION)).isVisible();
        }
    }

    @Test
    void pageThatIsNotAllowedSaysSo(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        try (OtherSite site = new OtherSite()) {
            site.shows("""
                    <!doctype html>
                    <html lang="en">
                      <meta charset="utf-8">
                      <title>My stack</title>
                      <script type="module" src="%1$s/client/panel.js"></script>
                      <stack-runtime-panel stack="checkout" base-url="%1$s"></stack-runtime-panel>
                    </html>
                    """.formatted(visit.server().url()));
            Tab tab = visit.openBlank();

            tab.page().navigate(site.origin());

            assertThat(tab.reason()).hasText("The server does not allow pages of this origin.");
            assertThat(tab.connection()).hasText("Reconnecting");
        }
    }
}
