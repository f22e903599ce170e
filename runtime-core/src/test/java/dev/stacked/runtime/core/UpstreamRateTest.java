package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class UpstreamRateTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now = Long.MAX_VALUE - 1000; // soon overflows

    private UpstreamRate rate(int perSecond) {
        return new UpstreamRate(perSecond, () -> now, new PollerMeters(meters));
    }

    @Test
    void withoutALimitNothingWaits() {
        UpstreamRate rate = rate(UpstreamRate.UNLIMITED);

        assertEquals(Duration.ZERO, rate.reserve());
        assertEquals(Duration.ZERO, rate.reserve());
    }

    @Test
    void callsAreSpacedEvenly() {
        UpstreamRate rate = rate(4);

        assertEquals(Duration.ZERO, rate.reserve());
        assertEquals(Duration.ofMillis(250), rate.reserve());
        assertEquals(Duration.ofMillis(500), rate.reserve());
    }

    @Test
    void timeWithoutCallsIsNotSaved() {
        UpstreamRate rate = rate(4);
        rate.reserve();
        now += Duration.ofMinutes(1).toNanos();

        assertEquals(Duration.ZERO, rate.reserve());
        assertEquals(Duration.ofMillis(250), rate.reserve());
    }

    @Test
    void waitsAreMeasured() {
        UpstreamRate rate = rate(4);
        rate.reserve();
        rate.reserve();

        assertEquals(250.0, meters.get("runtime.upstream.rate.wait").timer().totalTime(TimeUnit.MILLISECONDS), 0.001);
    }

    @SeededTest
    void noSecondHasMoreCallsThanTheLimit(Random random) {
        int limit = (int) Draw.between(random, 1, 100);
        UpstreamRate rate = rate(limit);
        List<Long> calls = new ArrayList<>();
        long start = now;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(3) == 0
                    ? random.nextLong(Duration.ofSeconds(1).toNanos())
                    : 0;
            calls.add(now - start + rate.reserve().toNanos());
        }

        for (int i = limit; i < calls.size(); i++) {
            long window = calls.get(i) - calls.get(i - limit);
            assertTrue(window >= Duration.ofSeconds(1).toNanos(), limit + " calls and one more within " + window);
        }
    }
}
