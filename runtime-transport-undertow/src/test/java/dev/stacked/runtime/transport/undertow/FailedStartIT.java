package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose start throws an Error, because the event loop cannot start its thread. */
final class FailedStartIT {
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1) {
        @Override
        public void execute(Runnable task) {
            if (broken.get()) {
                throw new OutOfMemoryError("Simulated: no thread.");
            }
            super.execute(task);
        }
    };
    private final PollerRegistry registry = PollerRegistry.builder(upstream)
            .settings(StreamSettings.defaults())
            .loops(List.of(loop))
            .clock(Clock.systemUTC())
            .nanoTime(System::nanoTime)
            .epochs(() -> "e1")
            .build();
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(1), new Random(1), () -> 0);
    private final OriginPolicy origins = OriginPolicy.ownOnly();
    private final AccessFilter filter =
            new AccessFilter(StreamAuthorizer.OPEN, admission, new ClientAddresses(List.of()), Clock.systemUTC());
    private final TestServer server = new TestServer(new Routes(Map.of(
            "/streams/{id}",
            new StreamHandler(registry, filter, Patience.LIMIT, origins, new LineTransport()),
            "/snapshots/{id}",
            new SnapshotHandler(registry, filter, Patience.LIMIT, origins))));

    @AfterEach
    void stop() {
        server.close();
        loop.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/streams/checkout", "/snapshots/checkout"})
    void placeIsGivenBack(String path) {
        upstream.stack("checkout").stage("s1").is("review");

        assertEquals(500, server.get(path).head().status());
        assertEquals(0, admission.openStreams());

        broken.set(false);
        assertEquals(200, server.get(path).head().status());
    }
}
