package org.obverse.api.defense;

import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.Problem;

/** Decides which weights training may change. A weight that any policy freezes is frozen. */
public non-sealed interface ParameterPolicy extends DefensePart {
    /** Asked for each weight at the start of each epoch. */
    boolean trains(String weight, Epoch epoch);

    /**
     * Whether it is of use only for a network that starts from a file ({@link org.obverse.api.network.Pretrained}), as where what is
     * frozen was learned elsewhere. The engine refuses a plan whose network starts from random values.
     */
    default boolean needsPretrained() {
        return false;
    }

    /**
     * What is wrong with it for a network. Asked once per plan, when the network has been built and nothing was trained. That some weight
     * trains in each epoch the engine checks itself, over all policies together.
     *
     * @param weights the names of all that training could change
     * @return under keys of the defense's configuration; empty if nothing is wrong
     */
    default List<Problem> check(Set<String> weights) {
        return List.of();
    }
}
