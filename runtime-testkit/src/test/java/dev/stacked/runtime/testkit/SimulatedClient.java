package dev.stacked.runtime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSubscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;

/** A client with its own pace, over all its connections. */
final class SimulatedClient implements StreamSubscriber {
    /** A snapshot, a runtime and a review of each of four stages, an error and a heartbeat. */
    private static final int MOST_OWED = 1 + 4 + 4 + 1 + 1;

    private final StackId stack;
    private final ReviewOracle oracle;
    private final boolean eager;
    private Flow.Subscription subscription;
    private ClientView view = new ClientView();
    private String lastId;
    private long demand;
    private boolean connected;
    private boolean open;
    private boolean ended;
    private int received;
    private boolean resumedOrServed;

    /** Reviews that were told, and the oracle's list as it was at the beginning, in the present history. */
    private final List<String> reviews = new ArrayList<>();

    private List<String> before = List.of();

    SimulatedClient(StackId stack, ReviewOracle oracle, boolean eager) {
        this.stack = stack;
        this.oracle = oracle;
        this.eager = eager;
    }

    StackId stack() {
        return stack;
    }

    boolean isConnected() {
        return connected && !ended;
    }

    void connect(PollerRegistry registry) {
        view = view.resumed();
        connected = true;
        ended = false;
        open = false;
        demand = 0;
        received = 0;
        resumedOrServed = lastId != null;
        registry.stream(stack, lastId).subscribe(this);
    }

    void leave() {
        connected = false;
        subscription.cancel();
    }

    void ask(long n) {
        resumedOrServed |= n < Long.MAX_VALUE;
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        subscription.request(n);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (eager) {
            resumedOrServed = true;
            ask(Long.MAX_VALUE);
        }
    }

    @Override
    public void onOpen() {
        requireGoing();
        assertTrue(!open, "Opened twice.");
        open = true;
        if (lastId == null) {
            before = List.copyOf(oracle.announced(stack));
        }
    }

    @Override
    public void onNext(EncodedEvent event) {
        requireGoing();
        received++;
        assertTrue(open, () -> "Before the stream opened: " + event);
        assertTrue(demand > 0, () -> "Without demand: " + event);
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        event.id().ifPresent(id -> {
            String epoch = id.epoch();
            boolean otherHistory = lastId != null && !lastId.startsWith(epoch + "-");
            if (otherHistory) {
                assertEquals("snapshot", event.name(), "Another history begins with a snapshot.");
                reviews.clear();
                before = List.copyOf(oracle.announced(stack));
            }
            lastId = id.toString();
        });
        int known = view.reviews().size();
        view.accept(event);
        reviews.addAll(view.reviews().subList(known, view.reviews().size()));
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

    /** Whoever had no demand at all is owed no more than the stages there are, however long it stalled. */
    void assertOwedLittle() {
        assertTrue(resumedOrServed || received <= MOST_OWED, () -> received + " events had been kept for " + this);
    }

    ClientView view() {
        return view;
    }

    /**
     * Holds what was told against what had to be announced since this client's history began. All of it must have been
     * told if nothing could be lost on the way; else the newest of each stage that was there all the time.
     */
    void assertReviews(List<String> stagesThatStayed, boolean lossless) {
        List<String> announced = oracle.announced(stack);
        List<String> since = announced.subList(Math.min(before.size(), announced.size()), announced.size());
        for (String stage : List.copyOf(announced)) {
            int told = Collections.frequency(reviews, stage);
            int owed = Collections.frequency(since, stage);
            int most = Collections.frequency(announced, stage);
            assertTrue(told <= most, () -> stage + " was told " + told + " times; announced " + announced);
            if (lossless && eager) {
                assertTrue(told >= owed, () -> stage + " was told " + told + " times of " + owed);
            } else if (owed > 0 && stagesThatStayed.contains(stage)) {
                assertTrue(told > 0, () -> stage + " was never told, of " + owed);
            }
        }
        assertTrue(announced.containsAll(reviews), () -> "Told " + reviews + ", announced " + announced);
    }

    boolean isEager() {
        return eager;
    }

    @Override
    public String toString() {
        return (eager ? "eager" : "slow") + " client of " + stack + " at " + lastId;
    }
}
