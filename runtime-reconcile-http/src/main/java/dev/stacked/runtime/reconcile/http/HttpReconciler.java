package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Asks an HTTP upstream: {@code GET} for the stack document, {@code POST} for a stage's reconcile. A document that came
 * with an {@code ETag} is kept, and the upstream may confirm it with 304 the next time.
 *
 * <p>What can help is tried again (I/O errors, timeouts, 408, 425, 429 and 5xx; never before the time that a
 * {@code Retry-After} names), within the call's budget. An upstream that is down is left alone for a moment at a time
 * ({@link ErrorCode#UPSTREAM_UNAVAILABLE} from both calls). Calls beyond the allowed concurrency wait for their turn.
 * Whatever the upstream answers, a call ends with a value or a {@link ReconcileException}; cancelling its future closes
 * the connection and frees its place. Each attempt carries a W3C {@code traceparent}, whose trace is the poll that SLF4J's
 * diagnostic context names {@code poll} where the call begins, or else the call. Never blocks; safe for use by many threads.
 */
public final class HttpReconciler implements Reconciler {
    private final HttpReconcilerSettings settings;
    private final PathTemplate stackRoute;
    private final PathTemplate reconcileRoute;
    private final Endpoint<StackDocument> stackEndpoint;
    private final Endpoint<StageRuntime> reconcileEndpoint;
    private final Upstream upstream;
    private final TaggedDocuments documents = new TaggedDocuments();

    /**
     * @param client see {@link #clientBuilder}; must not follow redirects
     * @param scheduler for timeouts and pauses; its tasks are short. A {@link
     *     java.util.concurrent.ScheduledThreadPoolExecutor} should remove cancelled tasks, as nearly all are
     * @param clock for the dates in {@code Retry-After}
     * @param nanoTime nanoseconds that only rise, such as {@link System#nanoTime}
     * @param random for jitter and the ids of traces; must be safe for use by many threads, as {@link java.util.Random} is
     * @throws IllegalArgumentException if the client follows redirects
     */
    public HttpReconciler(
            HttpReconcilerSettings settings,
            HttpClient client,
            ScheduledExecutorService scheduler,
            Clock clock,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this(settings, client, scheduler, clock, nanoTime, random, new CompositeMeterRegistry());
    }

    /**
     * One that is measured.
     *
     * @param client see {@link #clientBuilder}; must not follow redirects
     * @param scheduler for timeouts and pauses; its tasks are short. A {@link
     *     java.util.concurrent.ScheduledThreadPoolExecutor} should remove cancelled tasks, as nearly all are
     * @param clock for the dates in {@code Retry-After}
     * @param nanoTime nanoseconds that only rise, such as {@link System#nanoTime}
     * @param random for jitter and the ids of traces; must be safe for use by many threads, as {@link java.util.Random} is
     * @param meterRegistry gets the meters, which should be those of no other {@code HttpReconciler}
     * @throws IllegalArgumentException if the client follows redirects
     */
    public HttpReconciler(
            HttpReconcilerSettings settings,
            HttpClient client,
            ScheduledExecutorService scheduler,
            Clock clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            MeterRegistry meterRegistry) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "The client must not follow redirects; its policy is " + client.followRedirects() + ".");
        }
        UpstreamReader reader = new UpstreamReader();
        this.settings = settings;
        this.stackRoute = settings.stackRoute();
        this.reconcileRoute = settings.reconcileRoute();
        this.stackEndpoint = Endpoint.stack(reader, clock);
        this.reconcileEndpoint = Endpoint.reconcile(reader, clock);
        this.upstream = new Upstream(
                settings, client, scheduler, nanoTime, random, new UpstreamMeters(meterRegistry, nanoTime));
    }

    /** A client as it is wanted here, to which an executor, a proxy or an SSL context can be added. */
    public static HttpClient.Builder clientBuilder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack) {
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.STACK_NOT_FOUND, stack.value());
        }
        String path = stackRoute.expand(Map.of(HttpReconcilerSettings.STACK_ID, stack.value()));
        StackRead read = new StackRead(stack, documents, stackEndpoint);
        HttpRequest request = read.condition(request(path).GET()).build();
        return upstream.call(new Question<>(request, stackEndpoint, read::understand));
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage) {
        if (PathTemplate.isDotSegment(stack.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stack.value());
        }
        if (PathTemplate.isDotSegment(stage.value())) {
            return refused(ErrorCode.RECONCILE_FAILED, stage.value());
        }
        String path = reconcileRoute.expand(
                Map.of(HttpReconcilerSettings.STACK_ID, stack.value(), HttpReconcilerSettings.STAGE_ID, stage.value()));
        HttpRequest request = request(path).POST(BodyPublishers.noBody()).build();
        return upstream.call(new Question<>(request, reconcileEndpoint, reconcileEndpoint::understand));
    }

    /** HTTP/1.1 whatever the client prefers: the offer of an upgrade to HTTP/2 hangs some servers. */
    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(settings.base() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "application/json");
    }

    private static <T> CompletionStage<T> refused(ErrorCode code, String id) {
        return CompletableFuture.failedFuture(
                new ReconcileException(code, "The id '" + id + "' can't be sent to the upstream safely."));
    }
}
