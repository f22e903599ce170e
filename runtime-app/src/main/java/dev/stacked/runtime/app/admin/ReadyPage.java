package dev.stacked.runtime.app.admin;

import io.undertow.util.StatusCodes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says 200 while new clients should be sent here, and 503 before and after. An upstream that is down is no reason to
 * send them elsewhere: another instance would find it down too.
 */
final class ReadyPage implements AdminPage {
    private final Readiness readiness;

    ReadyPage(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public CompletionStage<AdminAnswer> answer(String accept) {
        Readiness.Phase phase = readiness.phase();
        ObjectNode body = JsonMapper.shared().createObjectNode().put("status", phase.word());
        int status = phase == Readiness.Phase.READY ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE;
        return CompletableFuture.completedFuture(AdminAnswer.json(status, body));
    }
}
