package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** Softmax regression, whose gradients are known in closed form. */
public final class LinearClassifier implements Classifier {
    private final int inputs;
    private final int classes;
    private final Parameters parameters;
    private final NDArray weight;
    private final NDArray bias;

    public LinearClassifier(int inputs, int classes, Parameters parameters) {
        this.inputs = inputs;
        this.classes = classes;
        this.parameters = parameters;
        this.weight = parameters.weight("weight", new Shape(classes, inputs), Initial.normal(0.1));
        this.bias = parameters.weight("bias", new Shape(classes), Initial.constant(0));
    }

    @Override
    public Shape input() {
        return new Shape(inputs);
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(inputs)));
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        return new Activations(images.matMul(weight.transpose()).add(bias), Map.of(Tap.PENULTIMATE, images));
    }
}
