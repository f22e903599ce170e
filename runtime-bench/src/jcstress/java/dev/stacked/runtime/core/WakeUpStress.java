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

/** A group is signalled during a sweep: the newest number that its reader has, tasks queued afterwards. */
@JCStressTest
@Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "The sweep was in time for the newest change.")
@Outcome(id = "5, 1", expect = ACCEPTABLE, desc = "In time, and swept once more for nothing.")
@Outcome(id = "3, 1", expect = ACCEPTABLE, desc = "Too early, and another sweep follows.")
@Outcome(id = "3, 0", expect = FORBIDDEN, desc = "A lost wake-up.")
@Outcome(expect = FORBIDDEN, desc = "More than one task, or no sweep.")
@State
public class WakeUpStress {
    private final StressLog stress = new StressLog(8);
    private final AtomicInteger queued = new AtomicInteger();
    private final ReaderGroup group = new ReaderGroup(stress.log, this::queue, () -> 0, StressLog.METERS);
    private final StackReader reader =
            new StackReader(Runnable::run, this::drain, Optional.empty(), StressLog.METERS, left -> {});
    private boolean joined;
    private long newest;

    /** The reader has the first snapshot, and one change is signalled. */
    public WakeUpStress() {
        group.join(reader, 1);
        joined = true;
        stress.log.append(StressLog.FIRST_CHANGE);
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

    private void drain() {
        for (EncodedEvent event = reader.poll(); event != null; event = reader.poll()) {
            newest = event.number();
        }
    }

    @Actor
    public void writer() {
        stress.log.append(StressLog.SECOND_CHANGE);
        group.signal();
    }

    @Actor
    public void sweeper() {
        group.run();
    }

    @Arbiter
    public void end(LL_Result result) {
        result.r1 = newest;
        result.r2 = queued.get();
    }
}
