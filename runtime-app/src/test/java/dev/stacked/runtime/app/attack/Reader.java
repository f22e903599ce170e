package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An ordinary reader: records the arrival of each heartbeat. Thread-safe. */
final class Reader implements AutoCloseable {
    /** A field that only heartbeats have. All readers of a stack get the same heartbeats. */
    private static final Pattern HEARTBEAT = Pattern.compile("\"now\":\"([^\"]+)\"");

    private static final int MAX_HEARTBEAT = 512;

    private final OrdinaryStream stream;
    private final OrdinaryStream.Transport transport;
    private final Map<String, Long> heartbeats = new LinkedHashMap<>();
    private final CountDownLatch firstHeartbeat = new CountDownLatch(1);
    private volatile @Nullable String end;
    private volatile boolean closed;

    private Reader(OrdinaryStream.Transport transport, OrdinaryStream stream) {
        this.transport = transport;
        this.stream = stream;
    }

    /** Connects and reads until it is closed. */
    static Reader start(OrdinaryStream.Transport transport, Requests requests, InetAddress from) {
        try {
            Reader reader = new Reader(transport, OrdinaryStream.open(transport, requests, from));
            Thread thread = new Thread(reader::read, "reader");
            thread.setDaemon(true);
            thread.start();
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        StringBuilder unread = new StringBuilder();
        try {
            while (true) {
                unread.append(stream.read());
                note(unread);
            }
        } catch (IOException e) {
            end = closed
                    ? null
                    : transport + ": " + e.getMessage() + " It ended with '"
                            + unread.toString().strip() + "'.";
        }
    }

    private void note(StringBuilder unread) {
        Matcher matcher = HEARTBEAT.matcher(unread);
        int taken = Math.max(0, unread.length() - MAX_HEARTBEAT);
        while (matcher.find()) {
            synchronized (heartbeats) {
                heartbeats.putIfAbsent(matcher.group(1), System.nanoTime());
                heartbeats.notifyAll();
            }
            firstHeartbeat.countDown();
            taken = Math.max(taken, matcher.end());
        }
        unread.delete(0, taken);
    }

    CountDownLatch firstHeartbeat() {
        return firstHeartbeat;
    }

    /** Waits until this many heartbeats have arrived in total; returns false after the timeout. */
    boolean awaitHeartbeats(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Wire.PATIENCE_MILLIS);
        synchronized (heartbeats) {
            while (heartbeats.size() < count) {
                long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (rest <= 0) {
                    return false;
                }
                heartbeats.wait(rest);
            }
            return true;
        }
    }

    /** Arrival of each heartbeat in nanoseconds, by the server's time in it; in order. */
    Map<String, Long> heartbeats() {
        synchronized (heartbeats) {
            return new LinkedHashMap<>(heartbeats);
        }
    }

    /** The reason for the stream's end; null while it is open. */
    @Nullable
    String end() {
        return end;
    }

    @Override
    public void close() {
        closed = true;
        stream.close();
    }
}
