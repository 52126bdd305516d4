package org.obverse.inversion;

/** A learning rate over the steps. */
@FunctionalInterface
public interface Rate {
    /** The rate of a step, from 0. */
    double at(int step);
}
