package dev.stacked.runtime.app.internal.admin;

import dev.stacked.runtime.core.PollerStatus;
import dev.stacked.runtime.core.PollerStatus.LastPoll;
import dev.stacked.runtime.core.StreamEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pollers as a table. Ids and messages may hold anything, so every text is escaped. */
final class PollersHtml {
    private static final List<String> COLUMNS = List.of(
            "Stack",
            "Subscribers",
            "Rate",
            "Interval",
            "Upstream",
            "Last poll",
            "Lag",
            "Took",
            "Failed polls in a row",
            "Failing",
            "History");

    private PollersHtml() {}

    static String page(List<PollerStatus> statuses) {
        String rows = statuses.stream().map(PollersHtml::row).collect(Collectors.joining());
        String columns = COLUMNS.stream().collect(Collectors.joining("<th>", "<tr><th>", "\n"));
        return Html.page("Pollers", "Pollers: " + statuses.size(), columns + rows);
    }

    private static String row(PollerStatus status) {
        LastPoll poll = status.lastPoll();
        return cells(
                status.stack().value(),
                String.valueOf(status.subscribers()),
                PollersJson.rate(status),
                status.interval().toMillis() + " ms",
                status.upstream().wireName(),
                poll == null ? "" : PollersJson.time(poll),
                poll == null ? "" : poll.lag().toMillis() + " ms",
                poll == null || poll.took() == null ? "" : poll.took().toMillis() + " ms",
                String.valueOf(status.consecutiveFailures()),
                status.failing().stream().map(PollersHtml::failure).collect(Collectors.joining("; ")),
                history(status));
    }

    private static String failure(PollerStatus.Failing failing) {
        StreamEvent.Failure failure = failing.failure();
        String stage = failure.stage() == null ? "" : failure.stage().value() + ": ";
        String reason = failing.reason() == null ? "" : " (" + failing.reason() + ")";
        return stage + failure.code().wireName() + reason + ": " + failure.message();
    }

    private static String history(PollerStatus status) {
        return text(status.oldestEvent()) + " to " + text(status.newestEvent());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    private static String cells(String... texts) {
        return Arrays.stream(texts).map(Html::escaped).collect(Collectors.joining("<td>", "<tr><td>", "\n"));
    }
}
