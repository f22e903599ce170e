package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import dev.stacked.runtime.core.StackNotFoundException;
import dev.stacked.runtime.core.StreamSubscriber;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client of the {@link LineTransport}: requests the next event when the last one has been written. */
final class LineStream implements StreamSubscriber {
    /** Queued actions of the writing thread: at most the opening, one event and the end. */
    private sealed interface Note {
        record Open() implements Note {}

        record Event(EncodedEvent event) implements Note {}

        record End(Throwable failure) implements Note {}
    }

    private final BlockingQueue<Note> notes = new LinkedBlockingQueue<>();
    private final Socket socket;
    private final Duration writeTimeout;
    private final Runnable left;
    private final AtomicBoolean over = new AtomicBoolean();
    private Flow.Subscription subscription;
    private boolean open;

    LineStream(Socket socket, Duration writeTimeout, Runnable left) {
        this.socket = socket;
        this.writeTimeout = writeTimeout;
        this.left = left;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onOpen() {
        notes.add(new Note.Open());
    }

    @Override
    public void onNext(EncodedEvent event) {
        notes.add(new Note.Event(event));
    }

    @Override
    public void onError(Throwable failure) {
        notes.add(new Note.End(failure));
    }

    @Override
    public void onComplete() {
        notes.add(new Note.End(null));
    }

    /** Detects that the client left. */
    void watch() {
        try {
            while (socket.getInputStream().read() >= 0) {}
        } catch (IOException e) {
            // left, too
        }
        end();
    }

    /** Writes until the stream ends. */
    void write() throws IOException {
        try {
            for (Note note = notes.take(); !(note instanceof Note.End end && finish(end)); note = notes.take()) {
                if (note instanceof Note.Open) {
                    open = true;
                    send("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n");
                } else if (note instanceof Note.Event next) {
                    send(line(next.event()));
                    subscription.request(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private boolean finish(Note.End end) throws IOException {
        if (!open && end.failure() instanceof StackNotFoundException) {
            LineTransport.refuse(socket, 404, "not-found", "Stack not found.");
        }
        return true;
    }

    private static String line(EncodedEvent event) {
        String id = event.id()
                .map(EventId::toString)
                .map(text -> "\"id\":\"" + text + "\",")
                .orElse("");
        return "{" + id + "\"event\":\"" + event.name() + "\",\"data\":" + event.data() + "}\n";
    }

    private void send(String text) throws IOException {
        CompletableFuture<Void> written =
                new CompletableFuture<Void>().orTimeout(writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<?> cutOff = written.whenComplete((done, timeout) -> {
            if (timeout != null) {
                end();
            }
        });
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        written.complete(null);
        cutOff.join();
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            subscription.cancel();
            left.run();
            try {
                socket.close();
            } catch (IOException e) {
                return; // closed all the same
            }
        }
    }
}
