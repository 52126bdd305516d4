package org.obverse.api.attack;

/** The stage that chooses results. One instance serves a run; it is called once per unit, also concurrently. */
public interface Selector {
    /**
     * @param found not to be changed
     * @return for each class a non-empty choice, best first
     */
    Candidates select(Candidates found, StageContext context);
}
