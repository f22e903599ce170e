package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.tests.ReviewOracle.Announcement;
import dev.stacked.runtime.testkit.ClientView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The events that a client received over all its connections, checked against the contract. */
final class ClientMemory {
    private final StackId stack;
    private final ReviewOracle oracle;
    private ClientView view = new ClientView();
    private String lastId;
    private boolean open;
    private boolean fresh;

    /** The received reviews, and the oracle's list at the start, in the current history. */
    private final List<Announcement> reviews = new ArrayList<>();

    private List<Announcement> before = List.of();

    /** The oracle's list when the current connection opened. */
    private List<Announcement> announcedBefore = List.of();

    ClientMemory(StackId stack, ReviewOracle oracle) {
        this.stack = stack;
        this.oracle = oracle;
    }

    /** Begins a new connection, and returns the id to resume from; null if there is no id. */
    String connect() {
        view = view.resumed();
        open = false;
        fresh = lastId == null;
        return lastId;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether the connection started without an id. */
    boolean isFresh() {
        return fresh;
    }

    /** Records that the stack is open: every review-ready from now on must be received. */
    void opened() {
        if (!open) {
            open = true;
            announcedBefore = List.copyOf(oracle.announced(stack));
            if (lastId == null) {
                before = announcedBefore;
            }
        }
    }

    void accept(EncodedEvent event) {
        event.id().ifPresent(id -> {
            if (lastId != null && !lastId.startsWith(id.epoch() + "-")) {
                assertEquals("snapshot", event.name(), "Another history begins with a snapshot.");
                reviews.clear();
                before = announcedBefore;
            }
            lastId = id.toString();
        });
        view.accept(event);
        if (event.name().equals("review-ready")) {
            reviews.add(Announcement.of(Rig.json(event)));
        }
    }

    ClientView view() {
        return view;
    }

    /**
     * Compares the received reviews with those announced since this client's history began: all of them if none could
     * be lost on the way; otherwise the newest of each stage that existed all the time. No review was received twice.
     */
    void assertReviews(List<String> stagesThatStayed, boolean lossless) {
        List<Announcement> announced = oracle.announced(stack);
        List<Announcement> since = announced.subList(Math.min(before.size(), announced.size()), announced.size());
        Set<String> stages = announced.stream().map(Announcement::stage).collect(Collectors.toSet());
        for (String stage : stages) {
            List<Announcement> received = of(stage, reviews);
            List<Announcement> owed = of(stage, since);
            assertTrue(
                    isInOrderAmong(received, of(stage, announced)),
                    () -> "Received " + received + ", announced " + announced + ": " + this);
            if (lossless) {
                assertTrue(received.containsAll(owed), () -> "Received " + received + " of " + owed + ": " + this);
            } else if (!owed.isEmpty() && stagesThatStayed.contains(stage)) {
                Announcement newest = owed.get(owed.size() - 1);
                assertTrue(
                        received.contains(newest), () -> "Received " + received + " and not " + newest + ": " + this);
            }
        }
        assertTrue(announced.containsAll(reviews), () -> "Received " + reviews + ", announced " + announced);
    }

    private static List<Announcement> of(String stage, List<Announcement> all) {
        return all.stream().filter(one -> one.stage().equals(stage)).toList();
    }

    private static boolean isInOrderAmong(List<Announcement> some, List<Announcement> all) {
        Iterator<Announcement> rest = all.iterator();
        for (Announcement wanted : some) {
            boolean found = false;
            while (!found && rest.hasNext()) {
                found = rest.next().equals(wanted);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "client of " + stack + " at " + lastId;
    }
}
