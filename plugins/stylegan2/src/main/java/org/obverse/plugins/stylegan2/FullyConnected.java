package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;

/**
 * The weights of a fully connected layer with equalised learning rate (Karras et al. 2018, section 4.1): stored as
 * N(0, 1) / multiplier, used times multiplier / √inputs.
 */
final class FullyConnected {
    private final NDArray weight;
    private final NDArray bias;
    private final double multiplier;
    private final int inputs;

    /**
     * @param multiplier of the learning rate; 0.01 in mapping networks
     * @param initialBias the effective bias at the start; 1 in the affine layers that make styles
     */
    FullyConnected(Parameters parameters, String name, int inputs, int outputs, double multiplier, double initialBias) {
        this.weight = parameters.weight(name + ".weight", new Shape(outputs, inputs), Initial.normal(1 / multiplier));
        this.bias = parameters.weight(name + ".bias", new Shape(outputs), Initial.constant(initialBias));
        this.multiplier = multiplier;
        this.inputs = inputs;
    }

    /** A layer with learning-rate multiplier 1 and no initial bias. */
    FullyConnected(Parameters parameters, String name, int inputs, int outputs) {
        this(parameters, name, inputs, outputs, 1, 0);
    }

    Linear effective() {
        return new Linear(weight.transpose().mul(multiplier / Math.sqrt(inputs)), bias.mul(multiplier));
    }
}
