package dev.stacked.runtime.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a stack: one writer, any number of reader threads, no lock.
 *
 * <p>The writer, the stack's event loop, fills in the entries of a change and then publishes a new {@link Head} by one
 * volatile write, so that all events of a change become visible together. A reader takes a head and reads the entries
 * up to its number. Entries are kept in a ring that is bounded by their count and by the bytes of their JSON; an entry
 * that was overwritten meanwhile has another number than the one asked for, or is null. A reader keeps a number and no
 * entry, so a slow one keeps nothing in memory.
 *
 * <p>The bound in bytes never drops an entry of the newest change, so readers that keep up miss no event.
 */
final class EventLog {
    private final StackId stack;
    private final String epoch;
    private final EventEncoder encoder;
    private final Journal journal;
    private final long maxBytes;
    private final AtomicReferenceArray<@Nullable LogEntry> ring;
    private volatile Head head;

    // The rest is confined to the writer.
    private final Supersession supersession = new Supersession();
    private long number;
    private long tail;
    private long bytes;
    private long journalNumber;
    private StackView view = StackView.EMPTY;
    private @Nullable Snapshots snapshots;
    private Head.Phase phase = Head.Phase.CLOSED;
    private long openedAt;
    private final PublishedErrors errors = new PublishedErrors();
    private StreamEvent.@Nullable Failure currentFailure;
    private @Nullable EncodedEvent current;
    private @Nullable EncodedEvent heartbeat;
    private long heartbeatVersion;
    private @Nullable StreamEnd end;

    /**
     * @param epoch identifies this history
     * @param maxEntries maximum number of events, at least 1
     * @param maxBytes maximum bytes of JSON, not counting the newest change
     */
    EventLog(StackId stack, String epoch, EventEncoder encoder, Journal journal, int maxEntries, long maxBytes) {
        this.stack = stack;
        this.epoch = epoch;
        this.encoder = encoder;
        this.journal = journal;
        this.maxBytes = maxBytes;
        this.ring = new AtomicReferenceArray<>(maxEntries);
        this.head = nextHead();
    }

    String epoch() {
        return epoch;
    }

    /** The log as of its newest change. May be called by any thread. */
    Head head() {
        return head;
    }

    /** The entry with this number; null if it was dropped. May be called by any thread. */
    @Nullable
    LogEntry entry(long wanted) {
        LogEntry entry = ring.get(slot(wanted));
        return entry != null && entry.number() == wanted ? entry : null;
    }

    /** The state after the newest change. Confined to the writer. */
    StackView view() {
        return view;
    }

    /** Bytes of JSON of all entries. Confined to the writer. */
    long bytes() {
        return bytes;
    }

    /** Appends the events of a change and publishes the state that results. */
    void append(Change change) {
        long first = number + 1;
        change.events().forEach(this::add);
        if (!change.events().isEmpty()) {
            trim(first);
        }
        if (change.error() != null) {
            errors.add(change.error(), encoder.encode(stack, change.error(), null));
        }
        show(change.view());
        if (change.events().isEmpty()) {
            publish();
        } else {
            journalNumber = journal.next();
            publish();
            journal.published(journalNumber);
        }
    }

    private void add(StreamEvent event) {
        LogEntry entry = new LogEntry(
                ++number,
                encoder.encode(stack, event, new EventId(epoch, number)),
                event instanceof StreamEvent.ReviewReady);
        supersession.add(event, entry, kept -> kept > number - ring.length());
        LogEntry overwritten = ring.getAndSet(slot(number), entry);
        bytes += entry.event().size() - size(overwritten);
        tail = Math.max(1, Math.max(tail, number - ring.length() + 1));
    }

    /** @param newest the first entry of the newest change */
    private void trim(long newest) {
        for (; bytes > maxBytes && tail < newest; tail++) {
            bytes -= size(ring.getAndSet(slot(tail), null));
        }
    }

    private static long size(@Nullable LogEntry entry) {
        return entry == null ? 0 : entry.event().size();
    }

    @SuppressWarnings("ReferenceEquality") // a state is one object until an answer arrives
    private void show(StackView next) {
        view = next;
        StreamEvent.Snapshot state = next.snapshot();
        if (state != null && (snapshots == null || snapshots.state() != state)) {
            snapshots = new Snapshots(stack, epoch, state, encoder);
        }
        StreamEvent.Failure failure = next.current();
        if (failure == null) {
            current = null;
        } else if (current == null || !failure.equals(currentFailure)) {
            current = encoder.encode(stack, failure, null);
        }
        currentFailure = failure;
    }

    /** Publishes a heartbeat. */
    void beat(StreamEvent.Heartbeat beat) {
        heartbeat = encoder.encode(stack, beat, null);
        heartbeatVersion++;
        publish();
    }

    /** Lets readers start, from the current number on. */
    void open() {
        phase = Head.Phase.OPEN;
        openedAt = number;
        publish();
    }

    /** Makes new readers wait until the log is opened again. */
    void close() {
        phase = Head.Phase.CLOSED;
        publish();
    }

    /** Ends all readers after the events that are due. */
    void end(StreamEnd reason) {
        phase = Head.Phase.ENDED;
        end = reason;
        publish();
    }

    private void publish() {
        head = nextHead();
    }

    private Head nextHead() {
        PublishedErrors.Entry error = errors.newestLasting(view);
        return new Head(
                number,
                tail,
                journalNumber,
                phase,
                openedAt,
                snapshots,
                supersession.reviewReadies(),
                current,
                error == null ? null : error.event(),
                error == null ? 0 : error.version(),
                heartbeat,
                heartbeatVersion,
                end);
    }

    private int slot(long entry) {
        return (int) (entry % ring.length());
    }
}
