package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A small network to train: two layers of tanh, tapped as {@value #HIDDEN} and penultimate, under any head. */
final class NetworkArchitecture implements Headed {
    static final String HIDDEN = "hidden";
    private static final int WIDTH = 16;

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        return build(input, classes, parameters, LinearHead::new);
    }

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters, Head.Architecture head) {
        NDArray first = dense(parameters, "first.weight", Math.toIntExact(input.size()), WIDTH);
        NDArray second = dense(parameters, "second.weight", WIDTH, WIDTH);
        return new Network(input, classes, parameters, first, second, head.build(WIDTH, classes, parameters));
    }

    private static NDArray dense(Parameters parameters, String name, int inputs, int outputs) {
        return parameters.weight(name, new Shape(inputs, outputs), Initial.normal(1 / Math.sqrt(inputs)));
    }

    private record Network(Shape input, int classes, Parameters parameters, NDArray first, NDArray second, Head head)
            implements Classifier {
        @Override
        public List<Tap> taps() {
            List<Tap> taps = new ArrayList<>(
                    List.of(new Tap(HIDDEN, new Shape(WIDTH)), new Tap(Tap.PENULTIMATE, new Shape(WIDTH))));
            taps.addAll(head.taps());
            return taps;
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray hidden = images.reshape(-1, input.size()).matMul(first).tanh();
            NDArray features = hidden.matMul(second).tanh();
            Activations classified = head.classify(features, pass);
            Map<String, NDArray> taps = new LinkedHashMap<>(classified.taps());
            taps.put(HIDDEN, hidden);
            taps.put(Tap.PENULTIMATE, features);
            return new Activations(classified.logits(), taps);
        }
    }

    private record LinearHead(NDArray weight) implements Head {
        LinearHead(int features, int classes, Parameters parameters) {
            this(dense(parameters, "head.weight", features, classes));
        }

        @Override
        public List<Tap> taps() {
            return List.of();
        }

        @Override
        public Activations classify(NDArray features, Pass pass) {
            return new Activations(features.matMul(weight), Map.of());
        }
    }
}
