package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.WeightUse;

/** Fully connected layers, torch's {@code nn.Linear}: {@code x Wᵀ + b}, from {@code [N, inputs]} to {@code [N, outputs]}. */
public final class Linear {
    private Linear() {}

    /**
     * Takes {@code weight} {@code [outputs, inputs]} and {@code bias} {@code [outputs]}, with torch's initial values.
     */
    public static Layer of(Namespace at, int inputs, int outputs) {
        return of(at, inputs, outputs, Kaiming.uniform(), Kaiming.bias(inputs));
    }

    /** Takes {@code weight} {@code [outputs, inputs]} and {@code bias} {@code [outputs]}, with initial values of both. */
    public static Layer of(Namespace at, int inputs, int outputs, Initial weight, Initial bias) {
        NDArray w = at.weight("weight", new Shape(outputs, inputs), weight);
        NDArray b = at.weight("bias", new Shape(outputs), bias);
        return (x, pass) -> {
            NDArray y = ai.djl.nn.core.Linear.linear(x, w, b).singletonOrThrow();
            pass.tell(new WeightUse.Product(w, x, y));
            pass.tell(new WeightUse.Offset(b, y));
            return y;
        };
    }

    /** Without a bias: takes {@code weight} {@code [outputs, inputs]}, with torch's initial values. */
    public static Layer plain(Namespace at, int inputs, int outputs) {
        NDArray w = at.weight("weight", new Shape(outputs, inputs), Kaiming.uniform());
        return (x, pass) -> {
            NDArray y = ai.djl.nn.core.Linear.linear(x, w).singletonOrThrow();
            pass.tell(new WeightUse.Product(w, x, y));
            return y;
        };
    }
}
