package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured of the upstream. */
class UpstreamMetersIT {
    private volatile RawUpstream.Script script = request -> request.sendJson(200, RUNTIME);
    private final RawUpstream upstream = RawUpstream.start(this::serve);
    private final TestReconciler reconciler =
            TestReconciler.of(TestReconciler.settings(upstream.uri(), Duration.ofSeconds(20), 2, 1));

    private void serve(RawUpstream.Request request) throws IOException {
        script.answer(request);
    }

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    private long calls(String route, String outcome) {
        Timer timer = reconciler
                .meters()
                .find("runtime.upstream.calls")
                .tags("route", route, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    private double gauge(String name) {
        return reconciler.meters().get(name).gauge().value();
    }

    private double breaker(String state) {
        return reconciler
                .meters()
                .get("runtime.upstream.breaker")
                .tag("state", state)
                .gauge()
                .value();
    }

    private double retries() {
        return reconciler.meters().get("runtime.upstream.retries").counter().count();
    }

    @Test
    void callsAreCountedByRouteAndOutcome() throws Exception {
        answer(reconciler.reconcile());
        script = request -> request.sendJson(200, DOCUMENT);
        answer(reconciler.readStack());
        script = request -> request.sendJson(403, "");
        failure(reconciler.reconcile());
        script = request ->
                request.sendJson(404, "{\"error\":{\"code\":\"not-found\",\"message\":\"Stack not found.\"}}");
        failure(reconciler.readStack());

        assertEquals(1, calls("reconcile", "ok"));
        assertEquals(1, calls("stack", "ok"));
        assertEquals(1, calls("reconcile", "error"));
        assertEquals(1, calls("stack", "not-found"));
        assertEquals(0, retries());
        assertEquals(0, gauge("runtime.upstream.calls.active"));
    }

    @Test
    void attemptsAfterTheFirstAreRetries() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        script = request -> {
            if (asked.getAndIncrement() == 0) {
                request.reset();
            } else {
                request.sendJson(200, RUNTIME);
            }
        };

        answer(reconciler.reconcile());

        assertEquals(1, retries());
        assertEquals(1, calls("reconcile", "lost"));
        assertEquals(1, calls("reconcile", "ok"));
    }

    @Test
    void theBreakersStateIsShown() throws Exception {
        assertEquals(1, breaker("closed"));
        script = RawUpstream.Request::reset;
        for (int i = 0; i < 6; i++) {
            failure(reconciler.readStack());
        }

        assertEquals(0, breaker("closed"));
        assertEquals(1, breaker("open"));
        assertTrue(calls("stack", "left-alone") > 0);
    }

    @Test
    void callsUnderWayAndCallsThatWaitAreShown() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        script = request -> {
            arrived.countDown();
            try {
                released.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            request.sendJson(200, RUNTIME);
        };
        CompletableFuture<?> first = reconciler.reconcile();
        CompletableFuture<?> second = reconciler.reconcile();
        assertTrue(arrived.await(30, TimeUnit.SECONDS));

        assertEquals(1, gauge("runtime.upstream.calls.active"));
        assertEquals(1, gauge("runtime.upstream.calls.waiting"));

        released.countDown();
        answer(first);
        answer(second);
        assertEquals(0, gauge("runtime.upstream.calls.active"));
        assertEquals(0, gauge("runtime.upstream.calls.waiting"));
    }

    @Test
    void noTagSaysWhichStackOrStage() throws Exception {
        answer(reconciler.reconcile());

        assertTrue(reconciler.meters().getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getValue)
                .noneMatch(value ->
                        value.contains(TestReconciler.STACK.value()) || value.contains(TestReconciler.STAGE.value())));
    }
}
