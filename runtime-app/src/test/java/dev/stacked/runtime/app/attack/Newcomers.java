package dev.stacked.runtime.app.attack;

import dev.stacked.runtime.app.attack.OrdinaryStream.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ordinary clients that connect during an attack, one after the other: each reads a snapshot and leaves. */
final class Newcomers implements AutoCloseable {
    private static final InetAddress ADDRESS = Endpoint.address(0, 2);
    private static final long PAUSE_MILLIS = 300;

    private final Requests requests;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> refused = new ArrayList<>();
    private final Thread thread = new Thread(this::come, "newcomers");
    private int admitted;
    private long slowestNanos;

    /** Their results. */
    record Admission(int admitted, Duration slowest, List<String> refused) {}

    private Newcomers(Requests requests) {
        this.requests = requests;
    }

    static Newcomers start(Requests requests) {
        Newcomers newcomers = new Newcomers(requests);
        newcomers.thread.setDaemon(true);
        newcomers.thread.start();
        return newcomers;
    }

    private void come() {
        Transport[] transports = Transport.values();
        try {
            for (int i = 0; i == 0 || !over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); i++) {
                come(transports[i % transports.length]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void come(Transport transport) {
        long begin = System.nanoTime();
        try (OrdinaryStream stream = OrdinaryStream.open(transport, requests, ADDRESS)) {
            stream.awaitText("\"runtimeByStageId\"");
            admitted++;
        } catch (IOException e) {
            refused.add(transport + ": " + e.getMessage());
        }
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - begin);
    }

    /** Waits for the last one. */
    Admission stop() throws InterruptedException {
        over.countDown();
        thread.join();
        return new Admission(admitted, Duration.ofNanos(slowestNanos), List.copyOf(refused));
    }

    @Override
    public void close() {
        over.countDown();
    }
}
