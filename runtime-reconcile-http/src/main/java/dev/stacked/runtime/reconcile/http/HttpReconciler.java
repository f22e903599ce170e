package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageAnswer;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP upstream: {@code GET} reads the stack document, {@code POST} reconciles a stage. An answer that is equal to the
 * last one is not parsed, and its value is the same instance. A document with an {@code ETag} can be confirmed with 304.
 *
 * <p>I/O errors, timeouts, 408, 425, 429 and 5xx are retried until the call's deadline, never before the time in a {@code
 * Retry-After}; a reconcile's 400 is tried once more. A circuit breaker suspends all calls to an upstream that is down;
 * they fail with {@link ErrorCode#UPSTREAM_UNAVAILABLE}. Calls beyond the concurrency limit wait. Every call ends with a
 * value or a {@link ReconcileException}; cancelling its future closes the connection and frees its permit. Each attempt
 * carries a W3C {@code traceparent}; its trace is the poll. Never blocks. Thread-safe.
 */
public final class HttpReconciler implements Reconciler, AutoCloseable {
    /** More than one server polls. */
    private static final int MAX_DOCUMENTS = 10_000;

    private static final int MAX_RUNTIMES = 100_000;
    /** Size of the last answers of each route. Two routes are in use, and an answer has a few kilobytes. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private record StageKey(StackId stack, StageId stage) {}

    /** Their order does not count: stages that failed are asked last. */
    private record BatchKey(StackId stack, Set<StageId> stages) {}

    private final PathTemplate stackRoute;
    private final PathTemplate reconcileRoute;
    private final Endpoint<StackDocument> stackEndpoint;
    private final Endpoint<StageRuntime> reconcileEndpoint;
    private final LastAnswers<StackId, StackDocument> documents = new LastAnswers<>(MAX_DOCUMENTS, MAX_BYTES);
    private final LastAnswers<StageKey, StageRuntime> runtimes = new LastAnswers<>(MAX_RUNTIMES, MAX_BYTES);
    private final @Nullable PathTemplate batchRoute;
    private final LastAnswers<BatchKey, Map<StageId, StageAnswer>> batches =
            new LastAnswers<>(MAX_DOCUMENTS, MAX_BYTES);
    private final UpstreamReader reader = new UpstreamReader();
    private final Function<List<StageId>, Endpoint<Map<StageId, StageAnswer>>> batchEndpoint;
    private final Target target;
    private final Upstream upstream;
    /** Event loops that end with this reconciler; null if it was given some. */
    private final @Nullable HttpLoops ownLoops;

    HttpReconciler(HttpReconcilerBuilder from) {
        Clock clock = from.clock;
        ErrorTexts texts = from.texts;
        Redaction headers = new Redaction(from.headers);
        BatchReader batchReader = new BatchReader(reader, texts, headers);
        this.stackRoute = from.settings.stackRoute();
        this.reconcileRoute = from.settings.reconcileRoute();
        this.batchRoute = from.batchRoute;
        this.batchEndpoint = stages ->
                new Endpoint<>(Route.BATCH, reader, body -> batchReader.read(body, stages), clock, texts, headers);
        this.stackEndpoint = new Endpoint<>(Route.STACK, reader, reader::readStack, clock, texts, headers);
        this.reconcileEndpoint = new Endpoint<>(Route.RECONCILE, reader, reader::readRuntime, clock, texts, headers);
        this.target = Target.of(from.settings.base(), from.proxy != null, headers);
        HttpLoops loops = from.loops == null ? SystemDefaults.loops() : from.loops;
        this.ownLoops = from.loops == null ? loops : null;
        this.upstream = new Upstream(from, loops);
    }

    /** Builds a reconciler for an upstream. */
    public static HttpReconcilerBuilder builder(HttpReconcilerSettings settings) {
        return new HttpReconcilerBuilder(settings);
    }

    /** Builds a reconciler for an upstream with default settings. */
    public static HttpReconcilerBuilder builder(URI upstream) {
        return builder(HttpReconcilerSettings.of(upstream));
    }

    @Override
    public boolean takesTurns() {
        return true;
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.STACK_NOT_FOUND, stack.value());
        }
        ComparedRead<StackId, StackDocument> read =
                new ComparedRead<>(stack, documents, stackEndpoint, HeaderReading.maxAge());
        RequestHead head = RequestHead.get(target, stackRoute.expand(stack.value()), read.condition());
        return upstream.call(new UpstreamRequest<>(head, stack, stackEndpoint, read.earlier(), read::understand), call);
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stack.value());
        }
        if (PathTemplate.isDotSegment(stage.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stage.value());
        }
        ComparedRead<StageKey, StageRuntime> read =
                new ComparedRead<>(new StageKey(stack, stage), runtimes, reconcileEndpoint, HeaderReading.none());
        RequestHead head = RequestHead.post(target, reconcileRoute.expand(stack.value(), stage.value()), Body.EMPTY);
        return upstream.call(
                new UpstreamRequest<>(head, stack, reconcileEndpoint, read.earlier(), read::understand), call);
    }

    @Override
    public boolean reconcilesInBatches() {
        return batchRoute != null;
    }

    @Override
    public CompletionStage<Map<StageId, StageAnswer>> reconcileStages(
            StackId stack, List<StageId> stages, CallContext call) {
        if (batchRoute == null) {
            throw new UnsupportedOperationException("No path for batches was given.");
        }
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stack.value());
        }
        List<StageId> asked = List.copyOf(stages);
        Endpoint<Map<StageId, StageAnswer>> endpoint = batchEndpoint.apply(asked);
        ComparedRead<BatchKey, Map<StageId, StageAnswer>> read =
                new ComparedRead<>(new BatchKey(stack, Set.copyOf(asked)), batches, endpoint, HeaderReading.none());
        RequestHead head = RequestHead.post(target, batchRoute.expand(stack.value()), reader.writeStageIds(asked));
        return upstream.call(new UpstreamRequest<>(head, stack, endpoint, read.earlier(), read::understand), call);
    }

    private static <T> CompletionStage<T> refused(ErrorCode code, String id) {
        return CompletableFuture.failedFuture(
                new ReconcileException(code, "The id '" + id + "' cannot be sent to the upstream safely."));
    }

    /** Ends the event loops, unless the reconciler was given some. Later calls fail. Idempotent. */
    @Override
    public void close() {
        if (ownLoops != null) {
            ownLoops.close();
        }
    }
}
