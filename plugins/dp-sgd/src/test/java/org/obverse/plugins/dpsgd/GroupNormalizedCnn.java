package org.obverse.plugins.dpsgd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.ChannelAffine;
import org.obverse.networks.Convolution;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * The network of the membership papers: two convolutions of 3x3, each normalised by groups, rectified and pooled, and two linear
 * layers.
 *
 * @param channels of the first convolution; the second has twice as many
 * @param hidden outputs of the first linear layer
 */
record GroupNormalizedCnn(Operators operators, int channels, int hidden) implements ClassifierArchitecture {
    private static final double EPSILON = 1e-5;
    private static final int GROUPS = 32;

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        Namespace root = Namespace.root(parameters, operators);
        int inputs = Math.toIntExact(input.get(0));
        int pixels = Math.toIntExact(input.get(1) / 4 * (input.get(2) / 4));
        Layer features = block(root, "1", inputs, channels)
                .then(block(root, "2", channels, 2 * channels))
                .then(Pooling.none())
                .then(Linear.of(root.in("fc1"), 2 * channels * pixels, hidden))
                .then(Rectifier.relu());
        return new Built(input, classes, parameters, hidden, features, Linear.of(root.in("fc2"), hidden, classes));
    }

    private Layer block(Namespace root, String number, int inputs, int outputs) {
        return Convolution.plain(root.in("conv" + number), inputs, outputs, Window.centered(3), Kaiming.uniform())
                .then(normalized(outputs))
                .then(ChannelAffine.of(root.in("norm" + number), outputs))
                .then(Rectifier.relu())
                .then(Pooling.max(new Window(2, 2, 0)));
    }

    /** Wu and He 2018, equation 7, without factor and offset. */
    private static Layer normalized(int channels) {
        int groups = Math.min(GROUPS, channels);
        return (x, pass) -> {
            Shape shape = x.getShape();
            NDArray rows = x.reshape(shape.get(0), groups, -1);
            Shape row = rows.getShape().slice(2);
            NDArray ones = x.getManager().ones(row, x.getDataType());
            NDArray zeros = x.getManager().zeros(row, x.getDataType());
            return ai.djl.nn.norm.LayerNorm.layerNorm(rows, row, ones, zeros, (float) EPSILON)
                    .singletonOrThrow()
                    .reshape(shape);
        };
    }

    private record Built(Shape input, int classes, Parameters parameters, int hidden, Layer features, Layer head)
            implements Classifier {
        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(hidden)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray penultimate = features.apply(images, pass);
            return new Activations(head.apply(penultimate, pass), Map.of(Tap.PENULTIMATE, penultimate));
        }
    }
}
