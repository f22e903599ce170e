package dev.stacked.runtime.app.attack;

import dev.stacked.runtime.app.attack.OrdinaryStream.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The ordinary readers of one server, over all transports. */
final class Readers implements AutoCloseable {
    static final int PER_TRANSPORT = 20;

    private static final InetAddress ADDRESS = Endpoint.address(0, 1);

    private final List<Reader> readers = new ArrayList<>();

    /**
     * The observations of the readers during an interval.
     *
     * @param missed heartbeats that one reader received and another did not, counted per reader
     * @param longestGap longest time between two heartbeats of one reader
     * @param ended reasons for the ends of streams that should have stayed open
     */
    record Observation(int readers, int heartbeats, int missed, Duration longestGap, List<String> ended) {}

    private Readers() {}

    /** Opens the streams, and waits for the first heartbeat of each. */
    static Readers start(Requests requests) throws InterruptedException {
        Readers all = new Readers();
        for (Transport transport : Transport.values()) {
            for (int i = 0; i < PER_TRANSPORT; i++) {
                all.readers.add(Reader.start(transport, requests, ADDRESS));
            }
        }
        for (Reader reader : all.readers) {
            if (!reader.firstHeartbeat().await(Wire.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("A reader got no heartbeat before the attack; it ended by " + reader.end());
            }
        }
        return all;
    }

    /** Their observations between two times, in nanoseconds. */
    Observation between(long from, long to) {
        List<Map<String, Long>> seen = readers.stream().map(Reader::heartbeats).toList();
        Set<String> during = new HashSet<>();
        seen.forEach(beats -> beats.forEach((beat, at) -> {
            if (at - from > 0 && to - at > 0) {
                during.add(beat);
            }
        }));
        int missed = 0;
        long gap = 0;
        for (Map<String, Long> beats : seen) {
            Set<String> lost = new HashSet<>(during);
            lost.removeAll(beats.keySet());
            missed += lost.size();
            gap = Math.max(gap, longestGap(beats, from, to));
        }
        List<String> ended =
                readers.stream().map(Reader::end).filter(Objects::nonNull).toList();
        return new Observation(readers.size(), during.size(), missed, Duration.ofNanos(gap), ended);
    }

    private static long longestGap(Map<String, Long> beats, long from, long to) {
        long longest = 0;
        long last = from;
        for (long at : beats.values()) {
            if (at - from < 0) {
                last = at;
            } else if (to - at > 0) {
                longest = Math.max(longest, at - last);
                last = at;
            }
        }
        return Math.max(longest, to - last);
    }

    @Override
    public void close() {
        readers.forEach(Reader::close);
    }
}
