package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AccessWatch;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.RegistryClosedException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackReader;
import dev.stacked.runtime.core.StreamEnd;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * One client's stream, from its readers to its socket. When one of its readers is woken, or the socket has room again,
 * it drains all of them and sends everything that is due in one write. While the socket is full it drains nothing, so
 * it holds one batch at most. Confined to the connection's I/O thread.
 *
 * <pre>
 * WAITING ──stack opens──▶ OPENING ──request accepted──▶ OPEN ──last bytes written──▶ ENDING ──▶ CLOSED
 *    └──stack refused──────────────────────────────────────────────────────────────────▲
 * any ──client left, write timeout, failure──▶ CLOSED
 * </pre>
 */
final class ClientStream implements StreamOutlet {
    private enum State {
        /** Nothing is sent: the stream may still be refused. */
        WAITING,
        /** The request is being accepted. */
        OPENING,
        /** Events are sent. */
        OPEN,
        /** The last bytes are on their way. */
        ENDING,
        /** Over. */
        CLOSED
    }

    private final HttpServerExchange exchange;
    private final Peer peer;
    private final Framing framing;
    private final AccessFilter access;
    private final StreamAdmission.Permit permit;
    private final AccessWatch watch;
    private final WriteBatch batch;
    private final TimeLimit writeTimeout;
    private final StreamReport report;
    private final List<StackReader> readers = new ArrayList<>(1);
    private State state = State.WAITING;
    private @Nullable SocketWriter writer;
    /** Bytes to send before the next event; null if there are none. */
    private @Nullable ByteBuffer urgent;
    /** The last bytes, once the stream ends; null until then. */
    private @Nullable ByteBuffer farewell;

    /** @param batch of the I/O thread */
    ClientStream(
            HttpServerExchange exchange,
            Framing framing,
            AccessFilter access,
            StreamAdmission.Permit permit,
            AccessWatch watch,
            WriteBatch batch,
            TimeLimit writeTimeout,
            StreamReport report) {
        this.exchange = exchange;
        this.peer = Peer.of(exchange);
        this.framing = framing;
        this.access = access;
        this.permit = permit;
        this.watch = watch;
        this.batch = batch;
        this.writeTimeout = writeTimeout;
        this.report = report;
    }

    /** Watches the client. Called once, before {@link #read}. */
    void start() {
        peer.watch(this::received, this::cutOff);
    }

    /** Starts to read a stack, besides those that are read already. Does nothing if the client has left. */
    void read(PollerRegistry registry, StackId stack, @Nullable String lastEventId) {
        if (state != State.CLOSED) {
            try {
                readers.add(registry.read(stack, lastEventId, exchange.getIoThread(), this::ready));
            } catch (RegistryClosedException e) {
                refuse(StreamEnd.DRAINING);
            }
        }
    }

    /** A reader has opened, has events or has ended. A failure ends only this stream. */
    private void ready() {
        guarded(() -> {
            if (state == State.WAITING) {
                begin();
            } else {
                send();
            }
        });
    }

    private void guarded(Runnable step) {
        StreamFaults.guard(step, this::cutOff);
    }

    private void begin() {
        if (readers.stream().anyMatch(StackReader::isOpen)) {
            state = State.OPENING;
            framing.open(exchange, this, sink -> guarded(() -> opened(sink)));
            return;
        }
        StreamEnd end = end();
        if (end != null) {
            refuse(end);
        }
    }

    private void refuse(StreamEnd end) {
        state = State.ENDING;
        closeReaders();
        permit.release();
        peer.refusing();
        access.refuse(exchange, end);
    }

    private void opened(StreamSinkChannel sink) {
        if (state == State.CLOSED) {
            return; // the client left while its request was being accepted
        }
        state = State.OPEN;
        AnswerTimeLimit.lift(exchange);
        Routes.forgetVariables(exchange);
        watch.start(() -> guarded(this::revoked));
        report.opened();
        writer = new SocketWriter(
                sink,
                peer::flush,
                exchange.getIoThread(),
                writeTimeout,
                () -> guarded(this::writable),
                this::cutOff,
                this::tooSlow);
        urgent = framing.greeting();
        send();
    }

    /** Access has ended. A stalled client could delay the last bytes, so it is disconnected at once. */
    private void revoked() {
        if (state == State.OPEN && writer != null && writer.isStalled()) {
            cutOff();
        } else {
            send();
        }
    }

    /** The rest of a write is written. */
    private void writable() {
        report.resumed();
        if (state == State.ENDING && writer != null) {
            shutDown(writer);
        } else {
            send();
        }
    }

    private void received(ByteBuffer bytes) {
        if (state == State.OPEN) {
            guarded(() -> framing.received(bytes));
        }
    }

    @Override
    public void sendNow(ByteBuffer bytes) {
        urgent = bytes;
        send();
    }

    @Override
    public void end(ByteBuffer last) {
        farewell = last;
        send();
    }

    /** Sends everything that is due, as far as the socket accepts it. */
    private void send() {
        while (writer != null && state == State.OPEN && !writer.isStalled()) {
            batch.clear();
            boolean last = fill();
            if (state != State.OPEN) {
                return; // the framing has closed the stream
            }
            if (last) {
                finish(writer);
            } else if (batch.isEmpty()) {
                return;
            } else {
                report.wrote(writer.write(batch.bytes()));
            }
        }
    }

    /** Fills the batch with what is due; returns whether the stream ends with it. */
    private boolean fill() {
        if (urgent != null) {
            batch.add(urgent);
            urgent = null;
        }
        if (farewell == null && !addEvents()) {
            farewell = framing.farewell(StreamEnd.NOT_ALLOWED);
        }
        StreamEnd end = farewell == null ? end() : null;
        if (end != null) {
            farewell = framing.farewell(end);
        }
        if (farewell != null) {
            batch.add(farewell);
        }
        return farewell != null;
    }

    /** Adds events until the batch is full; returns whether the client may still receive them. */
    private boolean addEvents() {
        if (!watch.permits(null)) {
            return false;
        }
        for (StackReader reader : readers) {
            for (EncodedEvent event = poll(reader); event != null; event = poll(reader)) {
                if (!watch.permits(event)) {
                    return false;
                }
                report.writing(event);
                batch.add(framing.frame(event));
            }
        }
        return true;
    }

    private @Nullable EncodedEvent poll(StackReader reader) {
        return batch.room() == 0 ? null : reader.poll(batch.room());
    }

    /** Why the stream ends: once all its readers have ended. */
    private @Nullable StreamEnd end() {
        StreamEnd last = null;
        for (StackReader reader : readers) {
            last = reader.end();
            if (last == null) {
                return null;
            }
        }
        return last;
    }

    private void finish(SocketWriter out) {
        state = State.ENDING;
        closeReaders();
        peer.ending(this::cutOff);
        if (batch.isEmpty() || report.wrote(out.write(batch.bytes()))) {
            shutDown(out);
        }
    }

    private void shutDown(SocketWriter out) {
        if (report.wrote(out.shutdown())) {
            peer.ended(this::cutOff);
        }
    }

    private void tooSlow() {
        report.tooSlow();
        cutOff();
    }

    /** Ends everything at once. Idempotent. */
    @Override
    public void cutOff() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        permit.release();
        watch.stop();
        report.closed();
        closeReaders();
        if (writer != null) {
            writer.closed();
        }
        peer.close();
    }

    private void closeReaders() {
        readers.forEach(StackReader::close);
    }
}
