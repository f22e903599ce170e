package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamSubscriber;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.channels.StreamSinkChannel;

/**
 * One client's stream, from its subscription to its socket. It asks for the next event when the socket has taken the
 * last one, so it holds one event at most.
 *
 * <p>The signals of the subscription come on the stack's event loop; they only leave a note and add the stream to its
 * I/O thread's {@link FlushQueue}. All else is confined to the I/O thread.
 */
final class ClientStream extends FlushQueue.Member implements StreamSubscriber, StreamOutlet {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

    /** How far a stream has come. */
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
    private final StreamAdmission admission;
    private final StreamAdmission.Permit permit;
    private final AccessWatch access;
    private final FlushQueue flushQueue;
    private final Duration writeTimeout;
    private final StreamReport report;

    /** Notes from the event loop to the I/O thread. */
    private volatile boolean opened;

    private volatile @Nullable EncodedEvent next;
    private volatile @Nullable Ending ending;
    private final AtomicBoolean queued = new AtomicBoolean();

    private State state = State.WAITING;
    private boolean demanded;
    private Flow.@Nullable Subscription subscription;
    private @Nullable SocketWriter writer;
    private @Nullable ByteBuffer urgent;
    private @Nullable ByteBuffer farewell;

    ClientStream(
            HttpServerExchange exchange,
            Framing framing,
            StreamAdmission admission,
            StreamAdmission.Permit permit,
            AccessWatch access,
            FlushQueue flushQueue,
            Duration writeTimeout,
            StreamReport report) {
        this.exchange = exchange;
        this.peer = Peer.of(exchange);
        this.framing = framing;
        this.admission = admission;
        this.permit = permit;
        this.access = access;
        this.flushQueue = flushQueue;
        this.writeTimeout = writeTimeout;
        this.report = report;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        peer.watch(this::received, this::close);
        demand();
    }

    @Override
    public void onOpen() {
        opened = true;
        wake();
    }

    @Override
    public void onNext(EncodedEvent event) {
        next = event;
        wake();
    }

    @Override
    public void onError(Throwable failure) {
        ending = new Ending(failure);
        wake();
    }

    @Override
    public void onComplete() {
        ending = new Ending(null);
        wake();
    }

    private void wake() {
        if (queued.compareAndSet(false, true)) {
            flushQueue.add(this);
        }
    }

    @Override
    void flush() {
        queued.set(false);
        if (state == State.WAITING) {
            begin();
        } else if (state == State.OPEN) {
            send();
        }
    }

    private void begin() {
        if (opened) {
            state = State.OPENING;
            framing.open(exchange, this, this::opened);
        } else if (ending != null) {
            refuse(ending);
        }
    }

    private void refuse(Ending how) {
        state = State.ENDING;
        permit.release();
        peer.refusing();
        switch (how.reason()) {
            case DRAINING -> admission.refusals().answer(exchange, admission.draining());
            case STACK_GONE -> ErrorResponse.notFound("Stack not found.").send(exchange);
            case NOT_ALLOWED, INTERNAL -> {
                LOG.error("A stream could not be opened", how.failure());
                ErrorResponse.internal().send(exchange);
            }
        }
    }

    private void opened(StreamSinkChannel sink) {
        if (state == State.CLOSED) {
            return; // the client left while its request was being accepted
        }
        state = State.OPEN;
        AnswerTimeLimit.lift(exchange);
        access.start(this::revoked);
        report.opened();
        writer = new SocketWriter(
                sink, peer::flush, exchange.getIoThread(), writeTimeout, this::writable, this::close, this::tooSlow);
        if (writer.write(framing.greeting())) {
            send();
        }
    }

    /** A client that is stalled could hold the rest back for long, and a farewell would have to wait for that. */
    private void revoked() {
        if (state == State.OPEN && writer != null && writer.isStalled()) {
            close();
        } else {
            wake();
        }
    }

    /** What did not go through at once has gone through now. */
    private void writable() {
        if (state == State.ENDING && writer != null) {
            shutDown(writer);
        } else {
            send();
        }
    }

    private void received(ByteBuffer bytes) {
        if (state == State.OPEN) {
            framing.received(bytes);
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

    /** Sends what there is, as far as the socket takes it. */
    private void send() {
        SocketWriter out = writer;
        while (out != null && state == State.OPEN && !out.isStalled()) {
            if (urgent != null) {
                ByteBuffer bytes = urgent;
                urgent = null;
                out.write(bytes);
            } else if (farewell != null) {
                finish(farewell, out);
            } else if (!sendNext(out)) {
                demand();
                return;
            }
        }
    }

    /** Sends the event that the event loop has left for us, or the end; false if it has left nothing. */
    private boolean sendNext(SocketWriter out) {
        Ending last = ending; // read before the event: what was left before the end is sent before the end
        EncodedEvent event = next;
        if (!access.permits(event)) {
            farewell = framing.farewell(StreamEnd.NOT_ALLOWED);
            return true;
        }
        if (event != null) {
            next = null;
            demanded = false;
            report.wrote(event, out.write(framing.frame(event)));
        } else if (last != null) {
            if (last.reason() == StreamEnd.INTERNAL) {
                LOG.error("A stream failed and is closed", last.failure());
            }
            farewell = framing.farewell(last.reason());
        }
        return event != null || last != null;
    }

    /** Asks for one more event, unless it is asked for already. */
    private void demand() {
        if (!demanded && subscription != null) {
            demanded = true;
            subscription.request(1);
        }
    }

    private void finish(ByteBuffer last, SocketWriter out) {
        state = State.ENDING;
        cancelSubscription();
        peer.ending(this::close);
        if (out.write(last)) {
            shutDown(out);
        }
    }

    private void shutDown(SocketWriter out) {
        if (out.shutdown()) {
            peer.ended(this::close);
        }
    }

    @Override
    public void cutOff() {
        close();
    }

    private void tooSlow() {
        report.tooSlow();
        close();
    }

    @Override
    void abort() {
        close();
    }

    /** Ends all at once, from whichever side it comes. */
    private void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        permit.release();
        access.stop();
        report.closed();
        cancelSubscription();
        if (writer != null) {
            writer.closed();
        }
        peer.close();
    }

    private void cancelSubscription() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
