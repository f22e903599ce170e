package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Readers that stop reading. */
final class SseStalledReadersIT {
    private static final int STALLED = 200;
    private static final String PADDING = "x".repeat(1 << 15);

    private SseRun run = new SseRun(new TransportLimits(1000, Duration.ofMillis(500)));

    @AfterEach
    void stop() {
        run.close();
    }

    /** Emits another event that is larger than the kernel's buffers for a client that does not read. */
    private void change(int number) {
        run.stage().with("padding", JsonNodeFactory.instance.stringNode(number + PADDING));
    }

    @Test
    void stalledReadersAreCutOffAndDisturbNobody() {
        RawClient live = run.open();
        live.block();
        for (int i = 0; i < STALLED; i++) {
            run.openStalled();
        }
        assertEquals(STALLED + 1, run.server.openStreams());

        int changes = 0;
        while (run.server.openStreams() > 1) {
            changes++;
            change(changes);
            String event = live.block();
            assertTrue(event.startsWith("id: epoch-" + (changes + 1) + "\nevent: stage-runtime\n"), event);
        }

        assertTrue(changes > 1);
        live.close();
        run.awaitStreams(0);
    }

    @Test
    void readerThatTakesALittleAtATimeStays() {
        RawClient slow = run.openStalled();
        StringBuilder read = new StringBuilder();
        for (int i = 1; read.length() < 10 * PADDING.length(); i++) {
            change(i);
            read.append(slow.block());
        }

        assertEquals(1, run.server.openStreams());
    }

    @Test
    void readerThatTakesNothingIsCutOffThoughNothingNewComes() {
        RawClient stalled = run.openStalled();
        stalled.block();

        change(1);
        run.awaitStreams(0);
    }

    @Test
    void stalledReaderDoesNotHoldUpTheEndOfOthers() {
        run.close();
        run = new SseRun();
        run.openStalled().block();
        RawClient live = run.open();
        live.block();
        change(1);
        live.block();

        run.server.drain();
        run.registry.close();

        assertEquals("", live.rest());
    }
}
