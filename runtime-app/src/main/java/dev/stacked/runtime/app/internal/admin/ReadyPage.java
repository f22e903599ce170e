package dev.stacked.runtime.app.internal.admin;

import dev.stacked.runtime.app.internal.watch.EventLoops;
import dev.stacked.runtime.app.internal.watch.HeapPressure;
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
 * Answers 200 while this server accepts new clients, and 503 before and after. An upstream that is down does not change
 * the status, since another instance would find it down as well; the page shows the number of stacks by the outcome of
 * their last poll. Neither does a blocked event loop: the backend would block it in another instance, too, and the
 * other loop still serves. A heap that is nearly full does, since each new stream makes it worse.
 */
final class ReadyPage implements AdminPage {
    /** Kept short, since health checks have short timeouts. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String HEAP_FULL = "heap-full";

    private final Readiness readiness;
    private final PollerRegistry pollers;
    private final HeapPressure heap;
    private final EventLoops loops;

    ReadyPage(Readiness readiness, PollerRegistry pollers, HeapPressure heap, EventLoops loops) {
        this.heap = heap;
        this.loops = loops;
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

    /** @param statuses null if the event loops are stopped, or too busy to report */
    private AdminAnswer answer(@Nullable List<PollerStatus> statuses) {
        Readiness.Phase phase = readiness.phase();
        boolean isFull = phase == Readiness.Phase.READY && heap.isHigh();
        ObjectNode body = JsonMapper.shared().createObjectNode().put("status", isFull ? HEAP_FULL : phase.word());
        if (isFull) {
            body.put("heapAfterCollection", Math.round(heap.occupancy() * 100) / 100.0);
        }
        loops.blocked().ifPresent(blocked -> write(blocked, body.putObject("blockedLoop")));
        if (statuses != null) {
            ObjectNode stacks = body.putObject("stacks");
            for (UpstreamHealth health : UpstreamHealth.values()) {
                stacks.put(health.wireName(), polled(statuses, health));
            }
        }
        int status = phase == Readiness.Phase.READY && !isFull ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE;
        return AdminAnswer.json(status, body);
    }

    private static void write(EventLoops.Blocked blocked, ObjectNode json) {
        json.put("name", blocked.loop());
        json.put("millis", blocked.busy().toMillis());
        if (blocked.stack() != null) {
            json.put("stack", blocked.stack());
        }
    }

    private static long polled(List<PollerStatus> statuses, UpstreamHealth health) {
        return statuses.stream()
                .filter(status -> status.isPolled() && status.upstream() == health)
                .count();
    }
}
