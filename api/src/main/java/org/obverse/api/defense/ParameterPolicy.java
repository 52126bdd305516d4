package org.obverse.api.defense;

/** Decides which weights training may change. A weight that any policy freezes is frozen. */
public non-sealed interface ParameterPolicy extends DefensePart {
    /** Asked for each weight at the start of each epoch. */
    boolean trains(String weight, Epoch epoch);
}
