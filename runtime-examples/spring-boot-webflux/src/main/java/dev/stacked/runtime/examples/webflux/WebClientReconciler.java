package dev.stacked.runtime.examples.webflux;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The backend, called with Spring's own client. A call that is not needed any more is cancelled by its future. */
@Component
class WebClientReconciler implements Reconciler {
    private final WebClient client;

    /** @param upstream URL of the backend */
    WebClientReconciler(WebClient.Builder builder, @Value("${upstream}") String upstream) {
        client = builder.baseUrl(upstream).build();
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        return client.get()
                .uri("/api/stacks/{stack}", stack.value())
                .retrieve()
                .onStatus(
                        HttpStatus.NOT_FOUND::equals,
                        answer -> Mono.error(new ReconcileException(ErrorCode.STACK_NOT_FOUND, "Stack not found.")))
                .bodyToMono(String.class)
                .map(WebClientReconciler::document)
                .toFuture();
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        return client.post()
                .uri("/api/stacks/{stack}/stages/{stage}/implementation/reconcile", stack.value(), stage.value())
                .retrieve()
                .bodyToMono(String.class)
                .map(body -> StageRuntime.of((ObjectNode) json(body).get("data")))
                .toFuture();
    }

    private static JsonNode json(String body) {
        return JsonMapper.shared().readTree(body);
    }

    private static StackDocument document(String body) {
        return new StackDocument(json(body)
                .at("/data/stack/stages")
                .valueStream()
                .map(WebClientReconciler::stage)
                .toList());
    }

    private static Stage stage(JsonNode stage) {
        StageRuntime stored = StageRuntime.stored(
                new StageStatus(stage.get("status").stringValue()),
                stage.path("approvedCommitSha").stringValue(null),
                stage.get("pullRequest"));
        return new Stage(
                new StageId(stage.get("id").stringValue()), stage.get("title").stringValue(), stored);
    }
}
