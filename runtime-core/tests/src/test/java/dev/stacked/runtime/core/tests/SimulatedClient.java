package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSubscriber;
import java.util.concurrent.Flow;

/** A subscriber with its own pace, over all its connections. */
final class SimulatedClient extends SimulatedPeer implements StreamSubscriber {
    /** One snapshot, a runtime and a review of each of four stages, one error and one heartbeat. */
    private static final int MAX_OWED = 1 + 4 + 4 + 1 + 1;

    private final boolean eager;
    private Flow.Subscription subscription;
    private long demand;
    private boolean connected;
    private boolean ended;
    private int received;
    private boolean resumedOrServed;

    SimulatedClient(StackId stack, ReviewOracle oracle, boolean eager) {
        super(stack, oracle);
        this.eager = eager;
    }

    @Override
    boolean isConnected() {
        return connected && !ended;
    }

    @Override
    boolean isHeld() {
        return isConnected();
    }

    @Override
    void connect(PollerRegistry registry) {
        String lastId = memory.connect();
        connected = true;
        ended = false;
        demand = 0;
        received = 0;
        resumedOrServed = !memory.isFresh();
        registry.stream(stack, lastId).subscribe(this);
    }

    @Override
    void leave() {
        connected = false;
        subscription.cancel();
    }

    @Override
    void take(int events) {
        resumedOrServed = true;
        if (!eager) {
            request(events);
        }
    }

    /** A client without demand is due a number of events that depends on the stages, not on the length of the stall. */
    @Override
    void takeAll() {
        request(Long.MAX_VALUE);
    }

    private void request(long n) {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        subscription.request(n);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (eager) {
            resumedOrServed = true;
            request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onOpen() {
        requireGoing();
        assertTrue(!memory.isOpen(), "Opened twice.");
        memory.opened();
    }

    @Override
    public void onNext(EncodedEvent event) {
        requireGoing();
        received++;
        assertTrue(memory.isOpen(), () -> "Before the stream opened: " + event);
        assertTrue(demand > 0, () -> "Without demand: " + event);
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        memory.accept(event);
    }

    @Override
    public void onError(Throwable failure) {
        requireGoing();
        ended = true;
    }

    @Override
    public void onComplete() {
        requireGoing();
        ended = true;
    }

    private void requireGoing() {
        assertTrue(connected && !ended, "A signal after the end.");
    }

    /** Called when the client has taken everything: few events were due to a client that had stalled. */
    void assertOwedLittle() {
        assertTrue(resumedOrServed || received <= MAX_OWED, () -> received + " events had been kept for " + this);
    }

    boolean isEager() {
        return eager;
    }

    @Override
    public String toString() {
        return (eager ? "eager " : "slow ") + memory;
    }
}
