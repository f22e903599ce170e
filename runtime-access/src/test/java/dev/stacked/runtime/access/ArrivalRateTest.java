package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ArrivalRateTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow at any time

    @Test
    void addressThatWasQuietIsForgotten() {
        ArrivalRate rate = new ArrivalRate(1, nanoTime::get);
        for (int i = 0; i < 200; i++) {
            rate.take(address(192, 0, 2, i));
        }
        assertEquals(200, rate.size());

        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        rate.take(address(198, 51, 100, 1));

        assertEquals(1, rate.size());
    }

    @Test
    void noMoreAddressesAreRememberedThanFitIntoItsBound() {
        ArrivalRate rate = new ArrivalRate(1, () -> 0);
        for (int network = 0; network < 70_000; network++) {
            byte[] address = new byte[16];
            address[0] = 0x20;
            address[5] = (byte) (network >> 16);
            address[6] = (byte) (network >> 8);
            address[7] = (byte) network;
            assertTrue(rate.take(address(address)));
        }

        assertEquals(65_536, rate.size());
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetAddress address(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return address(bytes);
    }
}
