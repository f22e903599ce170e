package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of a stack that fails and recovers. */
class LoggedOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The lines of pollers that are worth a look. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getLevel().isGreaterOrEqual(Level.INFO)) {
                line.prepareForDeferredProcessing();
                lines.add(line);
            }
        }

        ILoggingEvent next() throws InterruptedException {
            ILoggingEvent line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("No line came.");
            }
            return line;
        }

        List<ILoggingEvent> rest() {
            List<ILoggingEvent> rest = new ArrayList<>();
            lines.drainTo(rest);
            return rest;
        }
    }

    private final Logger pollers = (Logger) LoggerFactory.getLogger("dev.stacked.runtime.core.StackPoller");
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        lines.start();
        pollers.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        pollers.detachAppender(lines);
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
}
