package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ClientView;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of one stream. It reads events only on demand, and checks each against the contract. */
final class StreamClient implements AutoCloseable {
    private final HttpConnection connection;
    private final EventReader reader;
    private final ClientView view;

    StreamClient(HttpConnection connection, EventReader reader, ClientView view) {
        this.connection = connection;
        this.reader = reader;
        this.view = view;
    }

    /** Reads the next event; fails if the stream has ended. */
    ReceivedEvent next() {
        ReceivedEvent event = nextOrEnd();
        if (event == null) {
            throw new AssertionError("The stream has ended.");
        }
        return event;
    }

    ReceivedEvent next(String name) {
        ReceivedEvent event = next();
        assertEquals(name, event.name(), () -> "Unexpected event: " + event);
        return event;
    }

    /** Reads all events up to and including the first that matches. */
    List<ReceivedEvent> until(Predicate<ReceivedEvent> wanted) {
        List<ReceivedEvent> events = new ArrayList<>();
        do {
            events.add(next());
        } while (!wanted.test(events.get(events.size() - 1)));
        return events;
    }

    void assertEnds() {
        assertNull(nextOrEnd(), "The stream should have ended.");
    }

    /** Asserts that the stream ends, after no events but those with these names. */
    void assertEndsAfterAnyOf(String... names) {
        for (ReceivedEvent event = nextOrEnd(); event != null; event = nextOrEnd()) {
            String name = event.name();
            assertTrue(List.of(names).contains(name), () -> "The stream should have ended before " + name + ".");
        }
    }

    private @Nullable ReceivedEvent nextOrEnd() {
        try {
            ReceivedEvent event = reader.next();
            if (event != null) {
                view.accept(event.id(), event.name(), event.data());
            }
            return event;
        } catch (EOFException | SocketException e) {
            return null; // the server closed the connection
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client's current state. */
    ClientView view() {
        return view;
    }

    @Override
    public void close() {
        connection.close();
    }
}
