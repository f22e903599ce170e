package dev.stacked.runtime.bench.clients;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.reconcile.http.HttpLoops;
import dev.stacked.runtime.reconcile.http.HttpReconciler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** The server's own reconciler with all that it does around a call; its answers do not change. */
final class ReconcilerClient implements Client {
    private static final byte[] ANSWERED = {'{'};
    private static final StageId STAGE = new StageId("stage-1");

    private final HttpLoops loops = new HttpLoops(2, Thread::new);
    private final HttpReconciler reconciler;

    ReconcilerClient(URI base) {
        this.reconciler = HttpReconciler.builder(base).loops(loops).build();
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        StackId stack = new StackId(path.split("/", -1)[3]);
        CallContext context = CallContext.begin("bench", Duration.ofSeconds(TIMEOUT_SECONDS), System::nanoTime);
        return method.equals("GET")
                ? reconciler.readStack(stack, context).thenApply(document -> ANSWERED)
                : reconciler.reconcileStage(stack, STAGE, context).thenApply(runtime -> ANSWERED);
    }

    @Override
    public List<ScheduledExecutorService> loops() {
        return loops.executors();
    }

    @Override
    public boolean answersOnLoop() {
        return true;
    }

    @Override
    public void close() {
        reconciler.close();
        loops.close();
    }
}
