package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.random.CounterStream;

/** An architecture for a training that bounds what each sample contributes: networks with statistics of a batch are refused. */
record SamplesApart(ClassifierArchitecture architecture) implements ClassifierArchitecture {
    /** The name that batch normalisation gives what it learns of the batches, in torch and here. */
    private static final String STATISTICS = "running_mean";

    /** Of what another sample of the batch changes in logits that are as large as 1: far above rounding. */
    private static final double ALONE = 1e-3;

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

    /**
     * Shows a drawn network one image beside two others, as in training: layers that normalise by batch and keep no statistics have no
     * name that tells.
     */
    static void require(ClassifierArchitecture architecture, Shape input, int classes, NDManager manager) {
        RandomStream random = CounterStream.of(0).child("samples apart");
        try (NDManager own = manager.newSubManager();
                NDScope scope = new NDScope()) {
            Classifier drawn = architecture.build(
                    input, classes, new Parameters(own, ParameterSource.fresh(random.child("initial"))));
            NDArray image = image(own, input, random.child("image"));
            NDArray one = beside(drawn, image, image(own, input, random.child("one")), random);
            NDArray other = beside(drawn, image, image(own, input, random.child("other")), random);
            double gap = one.sub(other).abs().max().getFloat();
            if (gap > ALONE * Math.max(1, one.abs().max().getFloat())) {
                throw new InvalidConfigurationException(new Problem(
                        "classifier",
                        "what it answers to a sample in training depends on the others of the batch, so that samples act on each other,"
                                + " while a defense bounds what each sample contributes",
                        "use a classifier with normalization: group, such as membership-cnn, or drop the defense"));
            }
        }
    }

    /** The logits of the first of two images, {@code [classes]}. */
    private static NDArray beside(Classifier network, NDArray image, NDArray other, RandomStream random) {
        return network.forward(image.concat(other), Pass.training(random.child("pass")))
                .logits()
                .get(0);
    }

    private static NDArray image(NDManager manager, Shape input, RandomStream random) {
        return manager.create(random.gaussians(Math.toIntExact(input.size())), new Shape(1).addAll(input))
                .toType(DataType.FLOAT32, false)
                .clip(-1, 1);
    }
}
