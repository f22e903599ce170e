package dev.stacked.runtime.app.admin;

import dev.stacked.runtime.core.PollerRegistry;
import io.undertow.util.StatusCodes;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** How every stack is doing: as a table for browsers, as JSON for everyone else. */
final class PollersPage implements AdminPage {
    private final PollerRegistry pollers;

    PollersPage(PollerRegistry pollers) {
        this.pollers = pollers;
    }

    @Override
    public CompletionStage<AdminAnswer> answer(String accept) {
        boolean isBrowser = accept.toLowerCase(Locale.ROOT).contains("text/html");
        return pollers.pollers()
                .thenApply(statuses -> isBrowser
                        ? AdminAnswer.ok("text/html; charset=utf-8", PollersHtml.page(statuses))
                        : AdminAnswer.json(StatusCodes.OK, PollersJson.of(statuses)));
    }
}
