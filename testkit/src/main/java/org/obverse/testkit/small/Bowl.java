package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;

/**
 * Takes an image x for class 0 with {@code log p = -steepness ‖x - c‖²}, and for class 1 otherwise.
 *
 * @param centre c, one value per pixel
 */
public record Bowl(Parameters parameters, List<Float> centre, double steepness) implements Classifier {
    @Override
    public Shape input() {
        return new Shape(1, 1, centre.size());
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(Tap.PENULTIMATE, new Shape(centre.size())));
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray points = images.reshape(-1, centre.size());
        float[] c = new float[centre.size()];
        for (int i = 0; i < c.length; i++) {
            c[i] = centre.get(i);
        }
        NDArray log = points.sub(images.getManager().create(c))
                .square()
                .sum(new int[] {1}, true)
                .mul(-steepness);
        NDArray other = log.exp().neg().add(1 + 1e-7).log();
        return new Activations(NDArrays.concat(new NDList(log, other), 1), Map.of(Tap.PENULTIMATE, points));
    }
}
