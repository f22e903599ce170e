package dev.stacked.runtime.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Who reads a stack, in no particular order. Joining and leaving take constant time. Confined to the event loop. */
final class Subscribers {
    private List<StackSubscription> all = new ArrayList<>();

    int size() {
        return all.size();
    }

    void add(StackSubscription subscription) {
        subscription.setIndex(all.size());
        all.add(subscription);
    }

    /** The last one takes the place of the one that goes. */
    void remove(StackSubscription subscription) {
        int index = subscription.index();
        if (index < 0) {
            return;
        }
        StackSubscription last = all.remove(all.size() - 1);
        if (last != subscription) {
            all.set(index, last);
            last.setIndex(index);
        }
        subscription.setIndex(-1);
    }

    /** Calls with each; {@code action} may remove the one that it is called with, and must not add or remove any other. */
    void forEach(Consumer<StackSubscription> action) {
        for (int i = all.size() - 1; i >= 0; i--) { // from the end: who takes a leaver's place was called already
            action.accept(all.get(i));
        }
    }

    /** Removes all, then calls with each. */
    void drainTo(Consumer<StackSubscription> action) {
        List<StackSubscription> leaving = all;
        all = new ArrayList<>();
        leaving.forEach(subscription -> subscription.setIndex(-1));
        leaving.forEach(action);
    }
}
