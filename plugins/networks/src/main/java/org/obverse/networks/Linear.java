package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;

/** A fully connected layer, torch's {@code nn.Linear}: {@code x Wᵀ + b}. */
public final class Linear implements Layer {
    private final NDArray weight;
    private final NDArray bias;

    private Linear(Namespace at, int inputs, int outputs) {
        this.weight = at.weight("weight", new Shape(outputs, inputs), Kaiming.uniform());
        this.bias = at.weight("bias", new Shape(outputs), Kaiming.bias(inputs));
    }

    /**
     * Takes {@code weight} {@code [outputs, inputs]} and {@code bias} {@code [outputs]}, with torch's initial values. It
     * maps {@code [N, inputs]} to {@code [N, outputs]}.
     */
    public static Layer of(Namespace at, int inputs, int outputs) {
        return new Linear(at, inputs, outputs);
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        return ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
    }
}
