package org.obverse.engine.training;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** An architecture for a training that bounds what each sample contributes: networks with statistics of a batch are refused. */
record SamplesApart(ClassifierArchitecture architecture) implements ClassifierArchitecture {
    /** The name that batch normalisation gives what it learns of the batches, in torch and here. */
    private static final String STATISTICS = "running_mean";

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        Classifier built = architecture.build(input, classes, parameters);
        List<String> layers = parameters.all().keySet().stream()
                .filter(name -> name.equals(STATISTICS) || name.endsWith("." + STATISTICS))
                .toList();
        if (!layers.isEmpty()) {
            throw new InvalidConfigurationException(new Problem(
                    "classifier",
                    "it normalises by batch (first in '%s'), so that the samples of a batch act on each other and its"
                                    .formatted(layers.get(0))
                            + " statistics tell of all of them, while a defense bounds what each sample contributes",
                    "use a classifier with normalization: group, such as membership-cnn, or drop the defense"));
        }
        return built;
    }
}
