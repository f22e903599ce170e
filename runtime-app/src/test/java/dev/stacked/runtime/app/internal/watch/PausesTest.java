package dev.stacked.runtime.app.internal.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PausesTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final Pauses pauses = new Pauses(nanoTime::get);

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void timeThatIsWatchedIsNoPause() {
        for (int i = 0; i < 100; i++) {
            pass(Pauses.MAX_STEP);
            assertEquals(0, pauses.total());
        }
    }

    @Test
    void theFirstToAskSeesThePause() {
        pass(Duration.ofSeconds(62));

        assertEquals(0, pauses.known());
        assertEquals(Duration.ofSeconds(60).toNanos(), pauses.total());
        assertEquals(Duration.ofSeconds(60).toNanos(), pauses.known());
        assertEquals(Duration.ofSeconds(60).toNanos(), pauses.total());
    }
}
