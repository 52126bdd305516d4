package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Operators;

/** A 2-D convolution (torch's {@code nn.Conv2d} with zero padding), without a bias. */
public final class Convolution implements Layer {
    private final Operators operators;
    private final NDArray weight;
    private final Window window;

    private Convolution(Namespace at, int inputs, int outputs, Window window, Initial initial) {
        this.operators = at.operators();
        this.weight = at.weight("weight", new Shape(outputs, inputs, window.size(), window.size()), initial);
        this.window = window;
    }

    /** A convolution without a bias, as before a normalisation; takes {@code weight} {@code [O, I, h, w]}. */
    public static Layer plain(Namespace at, int inputs, int outputs, Window window, Initial initial) {
        return new Convolution(at, inputs, outputs, window, initial);
    }

    /** A convolution and its bias with torch's initial values; takes {@code weight} and {@code bias} {@code [O]}. */
    public static Layer biased(Namespace at, int inputs, int outputs, Window window) {
        long fanIn = (long) inputs * window.size() * window.size();
        return new Convolution(at, inputs, outputs, window, Kaiming.uniform())
                .then(bias(at.weight("bias", new Shape(outputs), Kaiming.bias(fanIn))));
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        return operators.conv2d(x, weight, window.stride(), window.padding(), 1);
    }

    private static Layer bias(NDArray bias) {
        return (x, pass) -> {
            try (NDArray perChannel = bias.reshape(1, -1, 1, 1)) {
                return x.add(perChannel);
            }
        };
    }
}
