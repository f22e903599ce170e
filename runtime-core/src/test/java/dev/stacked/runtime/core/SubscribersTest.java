package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SubscribersTest {
    private final Subscribers subscribers = new Subscribers();

    @Property(tries = 200)
    void holdsExactlyThoseThatCameAndDidNotLeave(@ForAll long seed) {
        Random random = new Random(seed);
        Subscribers some = new Subscribers();
        List<StackSubscription> present = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (present.isEmpty() || random.nextBoolean()) {
                StackSubscription newcomer = subscription();
                some.add(newcomer);
                present.add(newcomer);
            } else {
                some.remove(present.remove(random.nextInt(present.size())));
            }
        }

        List<StackSubscription> called = new ArrayList<>();
        some.forEach(called::add);
        assertEquals(present.size(), called.size());
        assertEquals(Set.copyOf(present), new HashSet<>(called));
        assertEquals(present.size(), some.size());
    }

    @Test
    void leavingTwiceIsLeavingOnce() {
        StackSubscription one = subscription();
        StackSubscription other = subscription();
        subscribers.add(one);
        subscribers.add(other);

        subscribers.remove(one);
        subscribers.remove(one);

        List<StackSubscription> called = new ArrayList<>();
        subscribers.forEach(called::add);
        assertEquals(List.of(other), called);
    }

    @Test
    void whoeverLeavesWhileCalledTakesNobodyElsesTurn() {
        List<StackSubscription> all = List.of(subscription(), subscription(), subscription());
        all.forEach(subscribers::add);
        List<StackSubscription> called = new ArrayList<>();

        subscribers.forEach(subscription -> {
            called.add(subscription);
            if (subscription != all.get(1)) {
                subscribers.remove(subscription);
            }
        });

        assertEquals(3, called.size());
        assertEquals(Set.copyOf(all), Set.copyOf(called));
        assertEquals(1, subscribers.size());
    }

    @Test
    void drainedOnesAreGoneBeforeTheyAreCalled() {
        subscribers.add(subscription());
        subscribers.add(subscription());
        List<Boolean> empty = new ArrayList<>();

        subscribers.drainTo(leaving -> {
            empty.add(subscribers.size() == 0);
            subscribers.remove(leaving);
        });

        assertEquals(List.of(true, true), empty);
        assertEquals(0, subscribers.size());
    }

    @SuppressWarnings("unchecked")
    private static StackSubscription subscription() {
        EventLoop loop = new EventLoop(mock(ScheduledExecutorService.class), Clock.systemUTC(), () -> 0);
        return new StackSubscription(mock(Flow.Subscriber.class), Optional.empty(), loop);
    }
}
