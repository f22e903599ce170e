package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the log says of a stack that fails and recovers. */
class LoggedOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LogLines lines = LogLines.of("core.StackPoller", Level.INFO);

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @Test
    void anOutageIsOneLineHoweverLongItLastsAndItsEndAnother() throws Exception {
        ScriptedReconciler backend = new ScriptedReconciler();
        ScriptedStack stack = backend.stack("logged outage");
        stack.stage("s1");
        try (RunningApp app = RuntimeApp.run(
                        new String[] {"--port=0", "--admin-port=0", "--poll-interval=20ms"},
                        binder -> binder.bind(Reconciler.class).toInstance(backend));
                SseClient client = SseClient.open(app.url() + "/api/stacks/logged%20outage/runtime/stream")) {
            client.next("snapshot");
            stack.failsWith(ErrorCode.INVALID_UPSTREAM_RESPONSE);
            ILoggingEvent outage = lines.next();
            assertTrue(backend.awaitCalls(backend.callCount() + 3, PATIENCE));
            assertEquals(List.of(), lines.rest());
            stack.recovers();
            ILoggingEvent recovery = lines.next();

            assertEquals(Level.WARN, outage.getLevel());
            assertEquals(
                    "Stack logged outage: cannot be read: invalid-upstream-response", outage.getFormattedMessage());
            assertEquals("logged outage", outage.getMDCPropertyMap().get("stack"));
            assertTrue(outage.getMDCPropertyMap().get("poll").matches("[a-z0-9]+\\.[0-9]+"));
            assertEquals(Level.INFO, recovery.getLevel());
            assertEquals("Stack logged outage: the upstream answers again", recovery.getFormattedMessage());
        }
    }

    @Test
    void anUpstreamThatRefusesUsIsNamedWithItsStatusAndWithoutItsAnswer() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream();
                RunningApp app = start(upstream)) {
            upstream.answer(ScriptedUpstream.Mode.WITH_401);
            try (SseClient client = SseClient.open(app.url() + "/api/stacks/refused/runtime/stream")) {
                client.next("error");
                ILoggingEvent outage = lines.next();
                AdminClient admin = new AdminClient(app);
                JsonNode failing = JsonMapper.shared()
                        .readTree(admin.get("/pollers", "*/*").body())
                        .at("/pollers/0/failing/0");
                String table = admin.get("/pollers", "text/html").body();

                assertEquals(
                        "Stack refused: cannot be read: upstream-unavailable (HTTP 401 Unauthorized)",
                        outage.getFormattedMessage());
                assertEquals("HTTP 401 Unauthorized", failing.get("reason").stringValue());
                assertTrue(table.contains("upstream-unavailable (HTTP 401 Unauthorized): "), table);
            }
        }
    }

    private static RunningApp start(ScriptedUpstream upstream) {
        return RuntimeApp.run(new String[] {"--upstream=" + upstream.url(), "--port=0", "--admin-port=0"});
    }
}
