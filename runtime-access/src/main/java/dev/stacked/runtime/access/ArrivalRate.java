package dev.stacked.runtime.access;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast each address opens streams: a token bucket for each that opened one lately. A bucket is kept as the time at
 * which it will be full again; one that is full is forgotten, as it is like that of an address never seen. Thread-safe.
 */
final class ArrivalRate {
    /** The burst, in seconds of the average. */
    private static final Duration BURST = Duration.ofSeconds(10);

    private static final Duration MAX_DEBT = BURST.multipliedBy(3);
    /** Beyond this number the address that has been quiet for the longest time is forgotten, debts included. */
    private static final int MAX_ADDRESSES = 65_536;

    private final long nanosPerToken;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Long> fullAt = new LinkedHashMap<>();

    /**
     * @param perSecond tokens that a bucket gains each second
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    ArrivalRate(int perSecond, LongSupplier nanoTime) {
        this.nanosPerToken = Duration.ofSeconds(1).toNanos() / perSecond;
        this.nanoTime = nanoTime;
    }

    /** Takes a token of this address; false if it has none left. */
    synchronized boolean take(InetAddress address) {
        if (nanosPerToken == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        forgetFull(now);
        long missing = missing(address, now);
        if (missing + nanosPerToken > BURST.toNanos()) {
            return false;
        }
        fullAt.remove(address); // so that it becomes the newest
        fullAt.put(address, now + missing + nanosPerToken);
        return true;
    }

    /** Whether {@link #take} would refuse this address. */
    synchronized boolean isExhausted(InetAddress address) {
        return missing(address, nanoTime.getAsLong()) + nanosPerToken > BURST.toNanos();
    }

    /** Takes a token of this address. If none is left, the address goes into debt, up to three times its burst. */
    synchronized void charge(InetAddress address) {
        if (nanosPerToken == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        forgetFull(now);
        long missing = missing(address, now) + nanosPerToken;
        fullAt.remove(address); // so that it becomes the newest
        fullAt.put(address, now + Math.min(missing, MAX_DEBT.toNanos()));
    }

    private long missing(InetAddress address, long now) {
        return fullAt.containsKey(address) ? Math.max(0, fullAt.get(address) - now) : 0;
    }

    /** How many addresses are remembered. */
    synchronized int size() {
        return fullAt.size();
    }

    private void forgetFull(long now) {
        Iterator<Long> oldestFirst = fullAt.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next() - now <= 0 || fullAt.size() >= MAX_ADDRESSES)) {
            oldestFirst.remove();
        }
    }
}
