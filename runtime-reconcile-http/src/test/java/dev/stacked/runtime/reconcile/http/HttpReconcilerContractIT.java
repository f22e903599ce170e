package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.testkit.ReconcilerContract;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The contract over a socket. */
class HttpReconcilerContractIT extends ReconcilerContract {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Answer NOT_FOUND = Answer.error(404, "not-found", "Stack not found.");

    /** End of the path that reconciles several stages. */
    static final String BATCH = "/batch";

    /** By the method and the decoded segments of the path. */
    private final Map<List<String>, Answer> answers = new ConcurrentHashMap<>();

    private volatile boolean isSilent;
    private final RawUpstream upstream = RawUpstream.start(this::answer);
    private final TestReconciler reconciler = newReconciler(upstream.uri());

    TestReconciler newReconciler(URI uri) {
        return TestReconciler.of(uri);
    }

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    @Override
    protected Reconciler reconciler() {
        return reconciler.reconciler();
    }

    @Override
    protected void givenStack(StackId stack, List<Stage> stages) {
        answers.keySet().removeIf(route -> route.get(3).equals(stack.value()));
        ArrayNode documented = JSON.arrayNode();
        for (Stage stage : stages) {
            documented.add(documented(stage));
            givenRuntime(stack, stage.id(), stage.stored().toJson());
        }
        ObjectNode data = JSON.objectNode();
        data.putObject("stack").set("stages", documented);
        answers.put(document(stack), Answer.data(data));
    }

    @Override
    protected void givenRuntime(StackId stack, StageId stage, ObjectNode runtime) {
        answers.put(reconcile(stack, stage), Answer.data(runtime));
    }

    @Override
    protected void givenFailure(StackId stack, StageId stage) {
        answers.put(reconcile(stack, stage), Answer.error(400, "invalid-input", "spawn opencode ENOENT"));
    }

    @Override
    protected void givenSilence() {
        isSilent = true;
    }

    private void answer(RawUpstream.Request request) throws IOException {
        if (isSilent) {
            request.hang();
            return;
        }
        Answer answer = route(request).get(0).equals("POST") && request.path().endsWith(BATCH)
                ? batch(request)
                : answers.getOrDefault(route(request), NOT_FOUND);
        request.sendJson(answer.status(), answer.body().toString());
    }

    private Answer batch(RawUpstream.Request request) throws IOException {
        StackId stack = new StackId(route(request).get(3));
        int length = Integer.parseInt(request.header("content-length").orElseThrow());
        byte[] body = request.connection().getInputStream().readNBytes(length);
        ObjectNode data = JSON.objectNode();
        for (JsonNode stage : JsonMapper.shared().readTree(body).get("stageIds")) {
            ObjectNode single = answers.getOrDefault(reconcile(stack, new StageId(stage.stringValue())), NOT_FOUND)
                    .body();
            data.set(stage.stringValue(), single.has("data") ? single.get("data") : single);
        }
        return Answer.data(data);
    }

    private static List<String> route(RawUpstream.Request request) {
        String method = request.head().substring(0, request.head().indexOf(' '));
        return Arrays.stream((method + request.path()).split("/", -1))
                .map(segment -> URI.create("/" + segment).getPath().substring(1))
                .toList();
    }

    private static List<String> document(StackId stack) {
        return List.of("GET", "api", "stacks", stack.value());
    }

    private static List<String> reconcile(StackId stack, StageId stage) {
        return List.of("POST", "api", "stacks", stack.value(), "stages", stage.value(), "implementation", "reconcile");
    }

    private static ObjectNode documented(Stage stage) {
        ObjectNode json = stage.stored().toJson();
        json.retain("approvedCommitSha", "pullRequest");
        return json.put("id", stage.id().value())
                .put("title", stage.title())
                .put("status", stage.status().value());
    }

    private record Answer(int status, ObjectNode body) {
        static Answer data(ObjectNode data) {
            return new Answer(200, JSON.objectNode().set("data", data));
        }

        static Answer error(int status, String code, String message) {
            ObjectNode error = JSON.objectNode().put("code", code).put("message", message);
            return new Answer(status, JSON.objectNode().set("error", error));
        }
    }
}
