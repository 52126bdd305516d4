package org.obverse.api.network;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** An architecture whose networks let something act on their activations, as dropout between stages does. */
public interface Tapped extends ClassifierArchitecture {
    /**
     * The same architecture, whose networks go on with changed activations. The taps themselves keep the values before. A
     * change that was made earlier to the same activation comes first.
     *
     * @param changes by the name of the tap
     * @return an architecture with every facet of this one; its networks cannot be built if they have no such tap, or if
     *     nothing follows it but its own head, as after {@link Tap#AUXILIARY}
     */
    ClassifierArchitecture changed(Map<String, Change> changes);

    /** What happens to an activation. */
    @FunctionalInterface
    interface Change {
        /**
         * @param activation {@code [N, ...shape of the tap]}
         * @return of the same shape
         */
        NDArray apply(NDArray activation, Pass pass);
    }
}
