package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import dev.stacked.runtime.testkit.Patience;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An independent client, with its own implementations of HTTP and of event streams. */
final class EventSourceIT {
    private final SseRun run = new SseRun();

    @AfterEach
    void stop() {
        run.close();
    }

    private EventSource connect(String lastEventId) throws Exception {
        URI stream = run.server.base().resolve(SseRun.STREAM);
        EventSource source = new EventSource.Builder(
                        ConnectStrategy.http(stream).readTimeout(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .lastEventId(lastEventId)
                .build();
        source.start();
        return source;
    }

    private static void assertNext(EventSource source, String id, String name) throws Exception {
        MessageEvent message = source.readMessage();
        assertEquals(id + " " + name, message.getLastEventId() + " " + message.getEventName());
    }

    @Test
    void readsTheStreamAndResumesIt() throws Exception {
        try (EventSource source = connect(null)) {
            assertNext(source, "epoch-1", "snapshot");
            run.stage().reconcileSays("review");
            assertNext(source, "epoch-2", "stage-runtime");
            assertNext(source, "epoch-3", "review-ready");
        }
        run.awaitStreams(0);

        try (EventSource source = connect("epoch-2")) {
            assertNext(source, "epoch-3", "review-ready");
            run.stage().todos(1, 1);
            assertNext(source, "epoch-4", "stage-runtime");
        }
    }
}
