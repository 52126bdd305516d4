package org.obverse.engine.training;

import ai.djl.ndarray.types.Shape;
import org.obverse.api.defense.Companion;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;

/** An architecture whose networks have tensors of a companion among their own. */
record Accompanied(ClassifierArchitecture architecture, Companion companion) implements ClassifierArchitecture {
    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        Classifier built = architecture.build(input, classes, parameters);
        companion.attach(input, classes, parameters);
        return built;
    }

    /** That of the networks alone. */
    static ClassifierArchitecture alone(ClassifierArchitecture architecture) {
        return architecture instanceof Accompanied accompanied ? accompanied.architecture() : architecture;
    }
}
