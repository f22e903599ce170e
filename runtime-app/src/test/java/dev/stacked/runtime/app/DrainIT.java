package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The end of a process whose clients speak HTTP/2. */
class DrainIT {
    private static final int NO_ERROR = 0;
    private static final String STREAM = "/api/stacks/checkout/runtime/stream";

    @Test
    void clientsAreAskedToLeaveAndTheirStreamsEndInAnOrderlyWay() throws Exception {
        try (AppProcess app = AppProcess.start("--demo", "--port=0", "--admin-port=off", "--drain-window=500ms")) {
            int port = app.awaitPort();
            try (RawHttp2 reader = new RawHttp2(port);
                    RawHttp2 idle = new RawHttp2(port)) {
                int first = reader.get(STREAM);
                int second = reader.get(STREAM);
                reader.awaitText(first, "event: snapshot");
                reader.awaitText(second, "event: snapshot");
                assertEquals(200, idle.status(idle.get("/client/index.js")));

                app.terminate();

                assertEquals(new RawHttp2.GoAway(second, NO_ERROR), reader.goAway());
                assertFalse(reader.hasEnded(first));
                assertFalse(reader.hasEnded(second));
                assertEquals(new RawHttp2.GoAway(1, NO_ERROR), idle.goAway());
                assertTrue(reader.rest(first).endsWith("\n\n"), reader.rest(first));
                assertTrue(reader.rest(second).endsWith("\n\n"), reader.rest(second));
            }
            assertEquals(143, app.awaitExit());
        }
    }
}
