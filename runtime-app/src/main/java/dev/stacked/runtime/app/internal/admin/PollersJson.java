package dev.stacked.runtime.app.internal.admin;

import dev.stacked.runtime.core.PollerStatus;
import dev.stacked.runtime.core.StreamEvent;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The pollers as JSON: {@code {"pollers":[…]}}. Unknown values are absent. */
final class PollersJson {
    private PollersJson() {}

    static JsonNode of(List<PollerStatus> statuses) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        var pollers = json.putArray("pollers");
        statuses.forEach(status -> write(status, pollers.addObject()));
        return json;
    }

    private static void write(PollerStatus status, ObjectNode json) {
        json.put("stack", status.stack().value());
        json.put("subscribers", status.subscribers());
        json.put("rate", rate(status));
        json.put("intervalMillis", status.interval().toMillis());
        PollerStatus.LastPoll poll = status.lastPoll();
        if (poll != null) {
            writeLastPoll(poll, json.putObject("lastPoll"));
        }
        json.put("upstream", status.upstream().wireName());
        json.put("consecutiveFailures", status.consecutiveFailures());
        var failing = json.putArray("failing");
        status.failing().forEach(failed -> write(failed, failing.addObject()));
        if (status.oldestEvent() != null && status.newestEvent() != null) {
            json.putObject("history")
                    .put("oldest", status.oldestEvent().toString())
                    .put("newest", status.newestEvent().toString());
        }
    }

    /** The poll rate in kebab-case. */
    static String rate(PollerStatus status) {
        return status.rate().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** When it began, to the millisecond. */
    static String time(PollerStatus.LastPoll poll) {
        return poll.startedAt().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static void writeLastPoll(PollerStatus.LastPoll poll, ObjectNode json) {
        json.put("startedAt", time(poll));
        json.put("lagMillis", poll.lag().toMillis());
        if (poll.took() != null) {
            json.put("tookMillis", poll.took().toMillis());
        }
    }

    private static void write(PollerStatus.Failing failing, ObjectNode json) {
        StreamEvent.Failure failure = failing.failure();
        json.put("code", failure.code().wireName());
        json.put("message", failure.message());
        if (failing.reason() != null) {
            json.put("reason", failing.reason());
        }
        if (failure.stage() != null) {
            json.put("stage", failure.stage().value());
        }
    }
}
