package dev.stacked.runtime.app.internal.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.app.internal.admin.Readiness.Phase;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final Readiness readiness = new Readiness();

    @Test
    void itIsReadyFromListeningToTheOrderToStop() {
        assertEquals(Phase.STARTING, readiness.phase());
        readiness.serving();
        assertEquals(Phase.READY, readiness.phase());
        readiness.draining();
        assertEquals(Phase.DRAINING, readiness.phase());
    }

    @Test
    void whoWasToldToStopBeforeItListenedIsNeverReady() {
        readiness.draining();
        readiness.serving();

        assertEquals(Phase.DRAINING, readiness.phase());
    }
}
