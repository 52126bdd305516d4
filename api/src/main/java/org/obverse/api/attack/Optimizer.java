package org.obverse.api.attack;

/** The stage that searches. One instance serves a run; it is called once per unit, also concurrently. */
public interface Optimizer {
    /**
     * @param start not to be changed
     * @return as many candidates per class as {@code start} has, in its order
     */
    Candidates optimize(Candidates start, StageContext context);
}
