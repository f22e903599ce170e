package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page, the panel and the library of a server under a path of its host. */
@ExtendWith(VisitExtension.class)
class BasePathIT {
    private static final String BASE = "/runtime";

    @Test
    void pageShowsItsStackAndItsFormLeadsToAnother(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        visit.stack("search").stage("index").titled("Index");
        visit.server("--base-path", BASE);

        Tab tab = visit.open("checkout");
        assertThat(tab.status("Cart")).hasText("In progress");

        tab.page()
                .getByLabel("Stack", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill("search");
        tab.button("Show").click();

        assertThat(tab.status("Index")).hasText("In progress");
        assertEquals(visit.server().url() + "/?stack=search", tab.page().url());
    }

    @Test
    void libraryFindsTheServerThatServesIt(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        visit.server("--base-path", BASE);

        Tab tab = visit.openBlank();

        assertEquals("Cart", tab.run("""
                import("%s/client/index.js").then(({ RuntimeStream }) => new Promise((resolve) => {
                  const stream = new RuntimeStream("checkout");
                  stream.addEventListener("snapshot", () => {
                    resolve(stream.stages[0].title);
                    stream.stop();
                  });
                }))
                """.formatted(BASE)));
    }
}
