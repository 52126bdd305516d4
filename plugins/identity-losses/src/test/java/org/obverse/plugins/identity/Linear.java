package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.testkit.Workbench;

/**
 * Logits that are a linear function of the pixels, which are the features as well.
 *
 * @param rows {@code [classes, pixels]}, a row of weights per class
 */
record Linear(NDArray rows) implements Classifier {
    static Linear of(Workbench bench, double[]... rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        }
        return new Linear(bench.manager().create(flat, new Shape(rows.length, rows[0].length)));
    }

    int features() {
        return Math.toIntExact(rows.getShape().get(1));
    }

    @Override
    public Shape input() {
        return new Shape(1, 1, features());
    }

    @Override
    public int classes() {
        return Math.toIntExact(rows.getShape().get(0));
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(features())));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray features = images.reshape(-1, features());
        NDArray weights = rows.toType(features.getDataType(), false);
        return new Activations(features.matMul(weights.transpose()), Map.of(Tap.PENULTIMATE, features));
    }

    @Override
    public Parameters parameters() {
        throw new AssertionError("nobody asks for its weights");
    }
}
