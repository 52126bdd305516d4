package org.obverse.api.defense;

/** A value that changes from epoch to epoch. */
public interface Schedule {
    double value(Epoch epoch);

    /** The value that it is meant to end with. The engine refuses a plan whose last epoch has another one. */
    double finalValue();
}
