package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.toy2d.Plane;

/** A point that the target was trained on. */
record PrivatePoint(double x, double y, int label) {
    static List<PrivatePoint> all(Evidence evidence) {
        Images training = evidence.data().images(Part.TRAINING);
        int[] indices = IntStream.range(0, training.size()).toArray();
        try (NDArray images = training.read(evidence.manager(), indices);
                NDArray points = Plane.points(images)) {
            float[] coordinates = points.toFloatArray();
            List<PrivatePoint> all = new ArrayList<>();
            for (int i : indices) {
                all.add(new PrivatePoint(coordinates[2 * i], coordinates[2 * i + 1], training.label(i)));
            }
            return all;
        }
    }
}
