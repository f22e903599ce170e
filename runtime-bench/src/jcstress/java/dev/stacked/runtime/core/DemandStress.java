package dev.stacked.runtime.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Demand is added while another thread takes all that it sees. Results: whether {@code add} reports that the taker may
 * be waiting; demand taken at once; demand left afterwards; whether nothing is left in the end.
 */
@JCStressTest
@Outcome(id = "false, 2, 0, true", expect = ACCEPTABLE, desc = "The taker was still busy and saw it.")
@Outcome(id = "true, 2, 0, true", expect = ACCEPTABLE, desc = "The taker saw it just before it stopped.")
@Outcome(id = "true, 1, 1, true", expect = ACCEPTABLE, desc = "The taker had stopped, and is called again.")
@Outcome(id = "false, 1, 1, true", expect = FORBIDDEN, desc = "Demand that the taker does not hear of.")
@Outcome(expect = FORBIDDEN, desc = "Lost, invented or negative demand.")
@State
public class DemandStress {
    private final Demand demand = new Demand();

    /** One event is requested. */
    public DemandStress() {
        demand.add(1);
    }

    @Actor
    public void requester(LLLL_Result result) {
        result.r1 = demand.add(1);
    }

    @Actor
    public void taker(LLLL_Result result) {
        result.r2 = takeAll();
    }

    @Arbiter
    public void end(LLLL_Result result) {
        result.r3 = takeAll();
        result.r4 = demand.add(1);
    }

    private int takeAll() {
        int taken = 0;
        while (demand.isPositive()) {
            demand.take();
            taken++;
        }
        return taken;
    }
}
