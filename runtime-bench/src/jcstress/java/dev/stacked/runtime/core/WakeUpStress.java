package dev.stacked.runtime.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A group is signalled during a sweep. Results: the newest number that its reader has seen; tasks queued afterwards.
 * The reader checks a bare number instead of a log, so that the wake-up itself takes most of the time.
 */
@JCStressTest
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "The sweep was in time for the newest change.")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "In time, and swept once more for nothing.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Too early, and another sweep follows.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "A lost wake-up.")
@Outcome(expect = FORBIDDEN, desc = "More than one task, or no sweep.")
@State
public class WakeUpStress {
    private final AtomicInteger queued = new AtomicInteger();
    private final ReaderGroup group = new ReaderGroup(StressLog.CLOSED, this::queue, () -> 0, StressLog.METERS);
    private boolean joined;
    private volatile int published = 1;
    private int seen;

    /** One change is signalled. */
    public WakeUpStress() {
        group.join(new StackReader(Runnable::run, this::look, Optional.empty(), StressLog.METERS, left -> {}), 0);
        joined = true;
        group.signal();
        queued.set(0); // that task is the one that the sweeper runs
    }

    private void queue(Runnable task) {
        if (joined) {
            queued.incrementAndGet();
        } else {
            task.run();
        }
    }

    private void look() {
        seen = published;
    }

    @Actor
    public void writer() {
        published = 2;
        group.signal();
    }

    @Actor
    public void sweeper() {
        group.run();
    }

    @Arbiter
    public void end(LL_Result result) {
        result.r1 = seen;
        result.r2 = queued.get();
    }
}
