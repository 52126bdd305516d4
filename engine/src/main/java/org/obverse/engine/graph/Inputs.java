package org.obverse.engine.graph;

/** The opened products that a unit reads. Others read them at the same time: they are not to be changed. */
public interface Inputs {
    /**
     * @throws IllegalArgumentException if the unit did not declare this input
     */
    <P> P get(Input<P> input);
}
