package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Runs an attack: bounds its time, and counts its actions. Thread-safe. */
final class Arena implements AutoCloseable {
    /** Delay between an attacker's connections: the handshakes are not part of the attack. */
    private static final long RECONNECT_MILLIS = 50;

    private static final long JOIN_MILLIS = 5_000;

    private final Requests requests;
    private final InetAddress address;
    private final Length length;
    private final CountDownLatch over = new CountDownLatch(1);
    /** The open connections, with their attackers. */
    private final Map<Wire, Thread> open = new ConcurrentHashMap<>();

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final List<Thread> attackers = new ArrayList<>();

    /** @param address local address of the attacker */
    Arena(Requests requests, InetAddress address, Length length) {
        this.requests = requests;
        this.address = address;
        this.length = length;
    }

    /** Starts the attackers. */
    void begin(Attack attack) {
        for (int i = 0; i < attack.connections(); i++) {
            Thread attacker = new Thread(() -> repeat(attack.body()), "attacker-" + i);
            attacker.setDaemon(true);
            attackers.add(attacker);
            attacker.start();
        }
    }

    private void repeat(Attack.Body body) {
        while (goesOn()) {
            try {
                body.attack(this);
            } catch (IOException e) {
                if (goesOn()) {
                    cutOff.incrementAndGet();
                }
            }
            if (goesOn()) {
                leaveAll(Thread.currentThread());
                pause(RECONNECT_MILLIS);
            }
        }
    }

    /** Whether there is time left. */
    boolean goesOn() {
        return over.getCount() > 0;
    }

    /** Waits, but not beyond the end. */
    void pause(long millis) {
        try {
            if (over.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Length length() {
        return length;
    }

    /** Requests with the attacker's token. */
    Requests requests() {
        return requests;
    }

    Wire connect() throws IOException {
        return opened(requests.endpoint().connect(address, Endpoint.HTTP_1));
    }

    /** Opens an HTTP/2 connection. */
    Wire connectHttp2(int window) throws IOException {
        Wire wire = opened(requests.endpoint().connect(address, Endpoint.HTTP_2));
        wire.send(Http2.preface(window));
        return wire;
    }

    Wire connectWithoutHandshake() throws IOException {
        return opened(requests.endpoint().connectWithoutHandshake(address));
    }

    private Wire opened(Wire wire) {
        connected.incrementAndGet();
        open.put(wire, Thread.currentThread());
        return wire;
    }

    /**
     * Reads and drops the input of a connection, on a separate thread.
     *
     * @return counted down when the connection has ended
     */
    CountDownLatch drain(Wire wire) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        wire.readToEnd();
                    } catch (IOException e) {
                        // A reset is an end, too.
                    }
                    ended.countDown();
                },
                "drain");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    /** Waits until the server has closed the connection, or the time is over. */
    void awaitEnd(CountDownLatch ended) throws IOException {
        while (goesOn()) {
            if (ended.getCount() == 0) {
                throw new IOException("The server ended the connection.");
            }
            pause(50);
        }
    }

    /** Records that the server closed one of an attacker's connections. */
    void wasCutOff(Wire wire) {
        cutOff.incrementAndGet();
        leave(wire);
    }

    private void leave(Wire wire) {
        open.remove(wire);
        wire.close();
    }

    private void leaveAll(Thread owner) {
        open.forEach((wire, itsOwner) -> {
            if (itsOwner == owner) {
                leave(wire);
            }
        });
    }

    /** Counts requests, frames or other actions of the attack. */
    void sent(long more) {
        sent.addAndGet(more);
    }

    /** A number that is unique among the attackers. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    int connected() {
        return connected.get();
    }

    int cutOff() {
        return cutOff.get();
    }

    long sent() {
        return sent.get();
    }

    int openConnections() {
        return open.size();
    }

    /** Ends the attack; its connections stay open. */
    void end() {
        over.countDown();
    }

    /** Ends the attack and closes its connections. */
    @Override
    public void close() {
        end();
        open.keySet().forEach(this::leave);
        try {
            for (Thread attacker : attackers) {
                attacker.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.keySet().forEach(this::leave); // those that an attacker was about to open
    }
}
