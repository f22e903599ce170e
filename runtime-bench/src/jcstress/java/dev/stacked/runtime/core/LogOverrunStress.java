package dev.stacked.runtime.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two changes of two events are written into a log of two entries while a reader reads. Result: all events read. */
@JCStressTest
@Outcome(id = "2\\+3\\+4\\+5", expect = ACCEPTABLE, desc = "The reader kept up.")
@Outcome(id = "S5", expect = ACCEPTABLE, desc = "Both changes were overwritten or half overwritten: one snapshot.")
@Outcome(id = "2\\+S5", expect = ACCEPTABLE, desc = "Overtaken within the first change, seen after the second.")
@Outcome(id = "S3\\+4\\+5", expect = ACCEPTABLE, desc = "Overtaken before the second change was published.")
@Outcome(id = "2\\+S3\\+4\\+5", expect = ACCEPTABLE, desc = "Overtaken within the first change.")
@Outcome(expect = FORBIDDEN, desc = "A gap without a snapshot, or an event twice.")
@State
public class LogOverrunStress {
    private final StressLog stress = new StressLog(2);
    private final LogCursor reader = stress.reader();

    @Actor
    public void writer() {
        stress.log.append(StressLog.FIRST_CHANGE);
        stress.log.append(StressLog.SECOND_CHANGE);
    }

    @Actor
    public void reader(L_Result result) {
        result.r1 = StressLog.read(reader);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = StressLog.join((String) result.r1, StressLog.read(reader));
    }
}
