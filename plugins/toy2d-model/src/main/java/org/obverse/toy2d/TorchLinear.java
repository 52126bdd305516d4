package org.obverse.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.networks.Layer;
import org.obverse.reference.random.TorchRandom;

/** Makes fully connected layers whose initial values are torch's, drawn in the order in which the layers are made. */
record TorchLinear(Parameters parameters, TorchRandom random) {
    Layer biased(String name, int inputs, int outputs) {
        NDArray weight = weight(name, inputs, outputs);
        NDArray bias = parameters.weight(name + ".bias", new Shape(outputs), drawn(outputs, inputs));
        return (x, pass) -> Linear.linear(x, weight, bias).singletonOrThrow();
    }

    Layer plain(String name, int inputs, int outputs) {
        NDArray weight = weight(name, inputs, outputs);
        return (x, pass) -> Linear.linear(x, weight).singletonOrThrow();
    }

    private NDArray weight(String name, int inputs, int outputs) {
        return parameters.weight(name + ".weight", new Shape(outputs, inputs), drawn(inputs * outputs, inputs));
    }

    /** Drawn at once, for a parameter source that holds values asks for none. */
    private Initial drawn(int count, int inputs) {
        float[] values = random.layerUniforms(count, inputs);
        return (shape, stream) -> values.clone();
    }
}
