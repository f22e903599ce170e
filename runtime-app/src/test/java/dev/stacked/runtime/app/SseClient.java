package dev.stacked.runtime.app;

import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A third-party SSE client, without reconnects: the end of the stream is an event, too. */
final class SseClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final Event END =
            new Event("(end of stream)", "", JsonMapper.shared().missingNode());

    private final EventSource source;
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Event> unread = new LinkedBlockingQueue<>();

    /** An event as it arrived. */
    record Event(String name, String id, JsonNode data) {
        String text(String field) {
            return data.path(field).stringValue("");
        }

        boolean is(String expected) {
            return name.equals(expected);
        }
    }

    private SseClient(EventSource source) {
        this.source = source;
    }

    /** Connects and keeps reading. */
    static SseClient open(String url) {
        SseClient client = new SseClient(new EventSource.Builder(URI.create(url)).build());
        Thread reader = new Thread(client::read, "sse-client");
        reader.setDaemon(true);
        reader.start();
        return client;
    }

    private void read() {
        try {
            source.start();
            while (true) {
                MessageEvent message = source.readMessage();
                take(new Event(
                        message.getEventName(),
                        message.getLastEventId(),
                        JsonMapper.shared().readTree(message.getData())));
            }
        } catch (StreamException over) {
            take(END);
        }
    }

    private void take(Event event) {
        seen.add(event);
        unread.add(event);
    }

    /** The next event. */
    Event next() throws InterruptedException {
        Event event = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("No event within " + PATIENCE_SECONDS + " s; there were " + seen);
        }
        return event;
    }

    /** The next event with this name; others are skipped. */
    Event next(String name) throws InterruptedException {
        return next(event -> event.is(name));
    }

    /** The next event that matches; others are skipped. */
    Event next(Predicate<Event> wanted) throws InterruptedException {
        while (true) {
            Event event = next();
            if (wanted.test(event)) {
                return event;
            }
            if (event.equals(END)) {
                throw new AssertionError("The stream is over; there were " + seen);
            }
        }
    }

    /** All events with this name so far. */
    List<Event> seen(String name) {
        return seen.stream().filter(event -> event.is(name)).toList();
    }

    /** Waits until the server ends the stream. */
    void awaitEnd() throws InterruptedException {
        next(event -> event.equals(END));
    }

    boolean isOver() {
        return seen.contains(END);
    }

    @Override
    public void close() {
        source.close();
    }
}
