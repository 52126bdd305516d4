package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/** Doubles the extent of maps: torch's {@code ConvTranspose2d(5, stride=2, padding=2, output_padding=1, bias=False)}. */
final class TransposedConvolution implements Layer {
    private static final int KERNEL = 5;

    private final Operators operators;
    private final NDArray weight;

    private TransposedConvolution(Namespace at, int inputs, int outputs) {
        this.operators = at.operators();
        this.weight = at.parameters()
                .weight(at.prefix() + "weight", new Shape(inputs, outputs, KERNEL, KERNEL), Kaiming.uniform());
    }

    /** Takes {@code weight} {@code [I, O, 5, 5]}, with torch's initial values. */
    static Layer of(Namespace at, int inputs, int outputs) {
        return new TransposedConvolution(at, inputs, outputs);
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        return operators.convTranspose2d(x, weight, 2, 2, 1, 1);
    }
}
