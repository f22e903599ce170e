package dev.stacked.runtime.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stack as its readers see it: its log, its groups of readers, and heartbeats. Confined to the stack's event loop;
 * readers access only the log and their group.
 */
final class StackStream {
    /** Maximum delay of a signal while a poll is under way. */
    private static final long MAX_COALESCING_MILLIS = 8;

    /** The delay is 1 ms for this number of readers: a tenth of the time that their writes take. */
    private static final int READERS_PER_MILLI = 1000;

    private final EventLog log;
    private final EventLoop loop;
    private final Duration heartbeatInterval;
    private final PollerMeters meters;
    private final Map<Executor, ReaderGroup> groups = new HashMap<>();
    private final Map<Executor, Integer> sizes = new HashMap<>();
    private int readers;
    private Supplier<Instant> nextPollAt = () -> Instant.EPOCH;
    private @Nullable Future<?> heartbeat;
    private @Nullable Future<?> heldBack;

    StackStream(EventLog log, EventLoop loop, Duration heartbeatInterval, PollerMeters meters) {
        this.log = log;
        this.loop = loop;
        this.heartbeatInterval = heartbeatInterval;
        this.meters = meters;
    }

    EventLog log() {
        return log;
    }

    int readers() {
        return readers;
    }

    boolean isEmpty() {
        return readers == 0;
    }

    void add(StackReader reader) {
        resize(reader.executor(), 1);
        groups.computeIfAbsent(reader.executor(), executor -> new ReaderGroup(log, executor, loop::nanoTime, meters))
                .join(reader, log.head().number());
    }

    /** Counts a reader that has left its group. */
    void remove(StackReader reader) {
        resize(reader.executor(), -1);
        if (!sizes.containsKey(reader.executor())) {
            groups.remove(reader.executor());
        }
    }

    private void resize(Executor executor, int by) {
        sizes.merge(executor, by, (before, change) -> before + change == 0 ? null : before + change);
        meters.readersChanged(readers, readers + by);
        readers += by;
    }

    /** Lets readers start. */
    void open() {
        log.open();
        signal();
    }

    /**
     * Starts heartbeats; readers wait until the stream is opened.
     *
     * @param nextPoll when the next poll begins
     */
    void start(Supplier<Instant> nextPoll) {
        nextPollAt = nextPoll;
        heartbeat = loop.schedule(this::beat, heartbeatInterval);
    }

    /** Stops heartbeats; readers that join later wait until the stream is opened again. */
    void stop() {
        cancel(heartbeat);
        cancel(heldBack);
        heldBack = null;
        log.close();
    }

    private void beat() {
        heartbeat = loop.schedule(this::beat, heartbeatInterval);
        StackView view = log.view();
        Instant next = view.health() == UpstreamHealth.OK ? null : nextPollAt.get();
        StreamEvent.Heartbeat beat = new StreamEvent.Heartbeat(loop.now(), view.health(), view.observedAt(), next);
        meters.emitted(beat);
        log.beat(beat);
        signal();
    }

    /**
     * Publishes a committed change and signals readers. While a poll is under way, more answers may follow within
     * milliseconds. With many readers the signal is therefore delayed by a tenth of the time that the fan-out takes, so
     * that several answers cause one write per reader.
     */
    void publish(Change change) {
        change.events().forEach(meters::emitted);
        if (change.error() != null) {
            meters.emitted(change.error());
        }
        log.append(change);
        if (change.error() != null) {
            signal(); // a second error would replace it for readers that have not seen it
        } else if (change.isVisible() && heldBack == null) {
            holdBack();
        }
    }

    private void holdBack() {
        long millis = Math.min(readers / READERS_PER_MILLI, MAX_COALESCING_MILLIS);
        if (millis == 0) {
            signal();
        } else {
            heldBack = loop.schedule(this::signal, Duration.ofMillis(millis));
        }
    }

    /** Sends a delayed signal now. */
    void flush() {
        if (heldBack != null) {
            signal();
        }
    }

    private void signal() {
        cancel(heldBack);
        heldBack = null;
        groups.values().forEach(ReaderGroup::signal);
    }

    /** Ends all readers after the events that are due. */
    void end(StreamEnd reason) {
        cancel(heartbeat);
        log.end(reason);
        signal();
        meters.readersChanged(readers, 0);
        readers = 0;
        groups.clear();
        sizes.clear();
    }

    /** Ends each reader at a moment of its own. */
    void drain(Supplier<Duration> moments) {
        groups.values()
                .forEach(group -> group.forEach(
                        reader -> loop.executeAfter(() -> reader.finish(StreamEnd.DRAINING), moments.get())));
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
