package org.obverse.toy2d;

import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * The network of the two-dimensional example, in torch's notation
 *
 * <pre>
 *   Linear(inputs, 20), BatchNorm1d(20), ReLU, Linear(20, 20), BatchNorm1d(20), ReLU, Linear(20, classes, bias=False)
 * </pre>
 *
 * <p>with the tensors' names in that {@code Sequential}. It takes images of any shape, flattened and times 32, which
 * turns {@link Plane} images into points. Its first weights are torch's after {@code manual_seed(seed)}, whatever
 * stream the parameters draw from.
 *
 * @param seed the paper's is 42
 */
public record PerceptronArchitecture(long seed, Operators operators) implements ClassifierArchitecture {
    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        return Perceptron.build(input, classes, parameters, this);
    }
}
