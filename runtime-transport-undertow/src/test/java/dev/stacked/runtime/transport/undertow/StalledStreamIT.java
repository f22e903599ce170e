package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is measured of a stream whose client does not read. */
final class StalledStreamIT {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS, System::nanoTime, () -> "epoch");
    private final TestServer server = new TestServer(new Routes(Map.of("/streams/{id}", streams())));

    private StreamHandler streams() {
        AccessFilter filter = new AccessFilter(
                StreamAuthorizer.OPEN,
                new StreamAdmission(StreamLimits.of(2), new Random(1), () -> 0),
                new ClientAddresses(List.of()),
                Clock.fixed(ManualTime.START, ZoneOffset.UTC));
        return new StreamHandler(
                polled.registry(),
                filter,
                Duration.ofHours(1),
                OriginPolicy.ownOnly(),
                new LineTransport(),
                meters,
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        polled.registry().close();
        server.close();
        polled.close();
    }

    private RawClient stalled() {
        polled.stage();
        RawClient client = server.get("/streams/checkout", 4096);
        assertEquals(200, client.head().status());
        client.line();
        client.line();
        assertEquals(0, stalls());
        polled.stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat(1 << 16)));
        Patience.await("the stall", () -> stalls() == 1);
        return client;
    }

    private double stalls() {
        return meters.get("runtime.streams.stalled").gauge().value();
    }

    private double oldestSeconds() {
        return meters.get("runtime.streams.oldest.stall").timeGauge().value(TimeUnit.SECONDS);
    }

    @Test
    void streamCountsAsStalledUntilItsClientHasTakenEverything() {
        RawClient client = stalled();
        assertTrue(oldestSeconds() > 0);

        client.line();

        Patience.await("the end of the stall", () -> stalls() == 0);
        assertEquals(0, oldestSeconds());
    }

    @Test
    void streamIsNotStalledAnyMoreWhenItsClientLeaves() {
        stalled().close();

        Patience.await("the end of the stall", () -> stalls() == 0);
    }
}
