package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/** A generator whose image is z itself, one pixel, and a target that takes it for class 0 with the probability {@code σ(slope z)}. */
record Line() implements Generator {
    private static final Shape PIXEL = new Shape(1, 1, 1);

    @Override
    public int latentSize() {
        return 1;
    }

    @Override
    public Shape image() {
        return PIXEL;
    }

    @Override
    public Shape searchSpace() {
        return new Shape(1);
    }

    @Override
    public NDArray locate(NDArray z) {
        return z;
    }

    @Override
    public NDArray generate(NDArray points) {
        return points.reshape(-1, 1, 1, 1);
    }

    record Logistic(Parameters parameters, double slope) implements Classifier {
        @Override
        public Shape input() {
            return PIXEL;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(1)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray x = images.reshape(-1, 1).mul(slope);
            return new Activations(x.concat(x.mul(0), 1), Map.of(Tap.PENULTIMATE, x));
        }
    }
}
