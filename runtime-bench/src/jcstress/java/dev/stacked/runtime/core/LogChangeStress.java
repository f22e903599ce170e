package dev.stacked.runtime.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A change of two events is written while a reader reads. Results: number of the head, read at once, read in all. */
@JCStressTest
@Outcome(id = "1, , 2\\+3", expect = ACCEPTABLE, desc = "Before the change.")
@Outcome(id = "1, 2\\+3, 2\\+3", expect = ACCEPTABLE, desc = "The change came between the head and the read.")
@Outcome(id = "3, 2\\+3, 2\\+3", expect = ACCEPTABLE, desc = "After the change.")
@Outcome(expect = FORBIDDEN, desc = "Half a change, an event twice, or one lost.")
@State
public class LogChangeStress {
    private final StressLog stress = new StressLog(8);
    private final LogCursor reader = stress.reader();

    @Actor
    public void writer() {
        stress.log.append(StressLog.FIRST_CHANGE);
    }

    @Actor
    public void reader(LLL_Result result) {
        result.r1 = stress.log.head().number();
        result.r2 = StressLog.read(reader);
    }

    @Arbiter
    public void end(LLL_Result result) {
        result.r3 = StressLog.join((String) result.r2, StressLog.read(reader));
    }
}
