package dev.stacked.runtime.app.internal.admin;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.PollerStatus;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The status of every poller: as a table for browsers, as JSON for other clients. */
final class PollersPage implements AdminPage {
    /** Time limit for the event loops to report. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PollerRegistry pollers;

    PollersPage(PollerRegistry pollers) {
        this.pollers = pollers;
    }

    @Override
    public CompletionStage<AdminAnswer> answer(String accept) {
        boolean isBrowser = accept.toLowerCase(Locale.ROOT).contains("text/html");
        return pollers.pollers()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((statuses, failure) -> statuses == null ? unavailable() : answer(statuses, isBrowser));
    }

    private static AdminAnswer answer(List<PollerStatus> statuses, boolean isBrowser) {
        return isBrowser
                ? AdminAnswer.ok(Html.TYPE, PollersHtml.page(statuses))
                : AdminAnswer.json(StatusCodes.OK, PollersJson.of(statuses));
    }

    private static AdminAnswer unavailable() {
        return AdminAnswer.json(
                StatusCodes.SERVICE_UNAVAILABLE,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("error", "The event loops did not answer within " + PATIENCE.toMillis() + " ms."));
    }
}
