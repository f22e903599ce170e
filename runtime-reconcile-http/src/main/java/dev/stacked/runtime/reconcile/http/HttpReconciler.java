package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP upstream: {@code GET} reads the stack document, {@code POST} reconciles a stage. A document with an {@code
 * ETag} is kept, so that the upstream can confirm it with 304 the next time.
 *
 * <p>I/O errors, timeouts, 408, 425, 429 and 5xx are retried within the call's budget, never before the time in a
 * {@code Retry-After}. A circuit breaker suspends all calls to an upstream that is down; they fail with {@link
 * ErrorCode#UPSTREAM_UNAVAILABLE}. Calls beyond the concurrency limit wait. Every call ends with a value or a {@link
 * ReconcileException}; cancelling its future closes the connection and frees its permit. Each attempt carries a W3C
 * {@code traceparent}; its trace is the poll. Never blocks. Thread-safe.
 */
public final class HttpReconciler implements Reconciler, AutoCloseable {
    private final HttpReconcilerSettings settings;
    private final PathTemplate stackRoute;
    private final PathTemplate reconcileRoute;
    private final Endpoint<StackDocument> stackEndpoint;
    private final Endpoint<StageRuntime> reconcileEndpoint;
    private final Upstream upstream;
    private final TaggedDocuments documents = new TaggedDocuments();
    /** A scheduler that ends with this reconciler; null if it was given one. */
    private final @Nullable ScheduledExecutorService ownScheduler;

    HttpReconciler(HttpReconcilerBuilder from) {
        UpstreamReader reader = new UpstreamReader();
        this.settings = from.settings;
        this.stackRoute = settings.stackRoute();
        this.reconcileRoute = settings.reconcileRoute();
        this.stackEndpoint = Endpoint.stack(reader, from.clock);
        this.reconcileEndpoint = Endpoint.reconcile(reader, from.clock);
        ScheduledExecutorService scheduler = from.scheduler == null ? SystemDefaults.scheduler() : from.scheduler;
        this.ownScheduler = from.scheduler == null ? scheduler : null;
        HttpClient client = from.client == null ? clientBuilder().build() : from.client;
        UpstreamMeters meters = new UpstreamMeters(from.meterRegistry, from.nanoTime);
        this.upstream = new Upstream(settings, client, scheduler, from.nanoTime, from.random, meters);
    }

    /** Builds a reconciler for an upstream. */
    public static HttpReconcilerBuilder builder(HttpReconcilerSettings settings) {
        return new HttpReconcilerBuilder(settings);
    }

    /** Builds a reconciler for an upstream with default settings. */
    public static HttpReconcilerBuilder builder(URI upstream) {
        return builder(HttpReconcilerSettings.of(upstream));
    }

    /** A builder with the required settings, to which an executor, a proxy or an SSL context can be added. */
    public static HttpClient.Builder clientBuilder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.STACK_NOT_FOUND, stack.value());
        }
        String path = stackRoute.expand(Map.of(HttpReconcilerSettings.STACK_ID, stack.value()));
        StackRead read = new StackRead(stack, documents, stackEndpoint);
        HttpRequest request = read.condition(request(path).GET()).build();
        return upstream.call(new UpstreamRequest<>(request, stackEndpoint, read::understand), stack, call);
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stack.value());
        }
        if (PathTemplate.isDotSegment(stage.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stage.value());
        }
        String path = reconcileRoute.expand(
                Map.of(HttpReconcilerSettings.STACK_ID, stack.value(), HttpReconcilerSettings.STAGE_ID, stage.value()));
        HttpRequest request = request(path).POST(BodyPublishers.noBody()).build();
        return upstream.call(
                new UpstreamRequest<>(request, reconcileEndpoint, reconcileEndpoint::understand), stack, call);
    }

    /** Always HTTP/1.1: some servers hang at the offer of an upgrade to HTTP/2. */
    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(settings.base() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "application/json");
    }

    private static <T> CompletionStage<T> refused(ErrorCode code, String id) {
        return CompletableFuture.failedFuture(
                new ReconcileException(code, "The id '" + id + "' cannot be sent to the upstream safely."));
    }

    /** Ends the timer thread, unless the reconciler was given a scheduler. Later calls fail. Idempotent. */
    @Override
    public void close() {
        if (ownScheduler != null) {
            ownScheduler.shutdownNow();
        }
    }
}
