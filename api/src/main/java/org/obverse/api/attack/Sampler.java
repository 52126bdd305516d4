package org.obverse.api.attack;

/** The stage that chooses starting points. One instance serves a run; it is called once per unit, also concurrently. */
public interface Sampler {
    /** The same number of candidates for every class of the context, best first. */
    Candidates sample(StageContext context);
}
