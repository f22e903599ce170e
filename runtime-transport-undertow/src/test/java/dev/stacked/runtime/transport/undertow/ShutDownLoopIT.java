package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that arrive when the event loop of their stack is already shut down. */
final class ShutDownLoopIT extends StackRoutes {
    private static void assertRefusedAsDraining(HttpResponse<String> answer) {
        assertError(answer, 503, "draining");
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stacks/checkout", "/stacks/checkout/stream"})
    void readIsRefusedAndItsPlaceIsGivenBack(String path) {
        loop.shutdownNow();

        assertRefusedAsDraining(get(path));
        awaitNoStream();
    }

    @Test
    void refreshIsRefused() {
        loop.shutdownNow();

        assertRefusedAsDraining(send(request("/stacks/checkout/refresh").POST(HttpRequest.BodyPublishers.noBody())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stacks/checkout", "/stacks/checkout/stream"})
    void readThatTheLoopDropsIsRefused(String path) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        loop.execute(() -> {
            busy.countDown();
            try {
                never.await();
            } catch (InterruptedException shutDown) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(busy.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS));
        CompletableFuture<HttpResponse<String>> answer = sendLater(request(path));
        Patience.await("a task for the loop", () -> !loop.getQueue().isEmpty());
        loop.shutdownNow();

        registry.close();

        assertRefusedAsDraining(answer.join());
        awaitNoStream();
    }
}
