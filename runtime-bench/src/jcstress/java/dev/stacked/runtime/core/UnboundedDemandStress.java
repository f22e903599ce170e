package dev.stacked.runtime.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Demand becomes unbounded while another thread takes one. Result: whether any demand is left in the end. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "It stays, in either order.")
@Outcome(expect = FORBIDDEN, desc = "The demand was lost, or its sum became negative.")
@State
public class UnboundedDemandStress {
    private final Demand demand = new Demand();

    /** One event is requested. */
    public UnboundedDemandStress() {
        demand.add(1);
    }

    @Actor
    public void requester() {
        demand.add(Long.MAX_VALUE);
    }

    @Actor
    public void taker() {
        demand.take();
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = demand.isPositive();
    }
}
