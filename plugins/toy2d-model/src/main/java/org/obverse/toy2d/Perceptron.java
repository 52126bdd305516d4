package org.obverse.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.reference.random.TorchRandom;

/** Two hidden layers and a head, as {@link PerceptronArchitecture} describes them. */
record Perceptron(Shape input, int classes, Parameters parameters, Layer body, Layer head) implements Classifier {
    private static final int WIDTH = 20;

    static Perceptron build(Shape input, int classes, Parameters parameters, PerceptronArchitecture architecture) {
        Namespace root = Namespace.root(parameters, architecture.operators());
        TorchLinear linear = new TorchLinear(parameters, new TorchRandom(architecture.seed()));
        Layer body = linear.biased("0", Math.toIntExact(input.size()), WIDTH)
                .then(BatchNormalization.of(root.in("1"), WIDTH))
                .then((x, pass) -> Activation.relu(x))
                .then(linear.biased("3", WIDTH, WIDTH))
                .then(BatchNormalization.of(root.in("4"), WIDTH))
                .then((x, pass) -> Activation.relu(x));
        return new Perceptron(input, classes, parameters, body, linear.plain("6", WIDTH, classes));
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(WIDTH)));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray points = Plane.points(images.reshape(-1, input.size()));
        NDArray features = body.apply(points, pass);
        return new Activations(head.apply(features, pass), Map.of(Tap.PENULTIMATE, features));
    }
}
