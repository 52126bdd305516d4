package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Operators.Mode;

/** The classifier of small-net.safetensors. It takes images of any size, of which it declares one. */
record SmallNet(Shape input, Parameters parameters, Operators operators) implements Classifier {
    private static final double EPSILON = 1e-5;

    SmallNet {
        weight(parameters, "conv1.weight", 12, 3, 3, 3);
        normalization(parameters, "bn1", 12);
        weight(parameters, "conv2.weight", 24, 12, 3, 3);
        weight(parameters, "conv2.bias", 24);
        normalization(parameters, "bn2", 24);
        weight(parameters, "down.weight", 24, 12, 1, 1);
        weight(parameters, "fc.weight", 10, 24);
        weight(parameters, "fc.bias", 10);
    }

    @Override
    public int classes() {
        return 10;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(24)));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray first = relu(normalized(operators.conv2d(images, tensor("conv1.weight"), 1, 1, 1), "bn1"));
        NDArray pooled = Pool.maxPool2d(first, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
        NDArray second = operators
                .conv2d(pooled, tensor("conv2.weight"), 2, 1, 1)
                .add(tensor("conv2.bias").reshape(1, 24, 1, 1));
        NDArray shortcut = operators.conv2d(pooled, tensor("down.weight"), 2, 0, 1);
        NDArray features = relu(normalized(second, "bn2").add(shortcut))
                .mean(new int[] {3})
                .mean(new int[] {2});
        NDArray logits = features.matMul(tensor("fc.weight").transpose()).add(tensor("fc.bias"));
        return new Activations(logits, Map.of(Tap.PENULTIMATE, features));
    }

    private NDArray normalized(NDArray x, String name) {
        return operators.batchNorm(
                x,
                tensor(name + ".running_mean"),
                tensor(name + ".running_var"),
                tensor(name + ".weight"),
                tensor(name + ".bias"),
                EPSILON,
                0.1,
                Mode.EVALUATION);
    }

    private static NDArray relu(NDArray x) {
        return x.maximum(0);
    }

    private NDArray tensor(String name) {
        NDArray tensor = parameters.all().get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor;
    }

    private static void normalization(Parameters parameters, String name, long channels) {
        weight(parameters, name + ".weight", channels);
        weight(parameters, name + ".bias", channels);
        weight(parameters, name + ".running_mean", channels);
        weight(parameters, name + ".running_var", channels);
    }

    private static void weight(Parameters parameters, String name, long... shape) {
        parameters.weight(name, new Shape(shape), Initial.constant(0));
    }
}
