package dev.stacked.runtime.app.admin;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.PollerStatus;
import dev.stacked.runtime.core.UpstreamHealth;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says 200 while new clients should be sent here, and 503 before and after. An upstream that is down is no reason to
 * send them elsewhere, as another instance would find it down too: it is shown, as the number of stacks by how their
 * last poll went.
 */
final class ReadyPage implements AdminPage {
    /** Whoever asks does not wait for long either. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Readiness readiness;
    private final PollerRegistry pollers;

    ReadyPage(Readiness readiness, PollerRegistry pollers) {
        this.readiness = readiness;
        this.pollers = pollers;
    }

    @Override
    public CompletionStage<AdminAnswer> answer(String accept) {
        return pollers.pollers()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((statuses, failure) -> answer(statuses));
    }

    /** @param statuses null if the event loops are stopped, or too busy to say */
    private AdminAnswer answer(@Nullable List<PollerStatus> statuses) {
        Readiness.Phase phase = readiness.phase();
        ObjectNode body = JsonMapper.shared().createObjectNode().put("status", phase.word());
        if (statuses != null) {
            ObjectNode stacks = body.putObject("stacks");
            for (UpstreamHealth health : UpstreamHealth.values()) {
                stacks.put(health.wireName(), polled(statuses, health));
            }
        }
        int status = phase == Readiness.Phase.READY ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE;
        return AdminAnswer.json(status, body);
    }

    private static long polled(List<PollerStatus> statuses, UpstreamHealth health) {
        return statuses.stream()
                .filter(status -> status.isPolled() && status.upstream() == health)
                .count();
    }
}
