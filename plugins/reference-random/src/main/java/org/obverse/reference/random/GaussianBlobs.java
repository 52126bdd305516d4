package org.obverse.reference.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The points of scikit-learn's {@code make_blobs} in the plane, which the two-dimensional example of the PPA reference
 * code is trained on: a cloud of equal, round Gaussians, one class each.
 *
 * @param centers the mean of each class
 * @param deviation the standard deviation of both coordinates
 */
public record GaussianBlobs(List<Center> centers, double deviation) {
    /** The mean of a class. */
    public record Center(double x, double y) {}

    /** A point and the index of its class. */
    public record Point(double x, double y, int label) {}

    /** Keeps its own copy of the centers. */
    public GaussianBlobs {
        centers = List.copyOf(centers);
    }

    /**
     * {@code count} points, shuffled after they were drawn class by class: equally many of each, and one more of the
     * first ones where that does not divide evenly.
     */
    public List<Point> draw(NumpyRandom random, int count) {
        List<Point> ascending = new ArrayList<>(count);
        int classes = centers.size();
        for (int label = 0; label < classes; label++) {
            Center center = centers.get(label);
            int share = count / classes + (label < count % classes ? 1 : 0);
            for (int i = 0; i < share; i++) {
                double x = center.x() + deviation * random.gaussian();
                double y = center.y() + deviation * random.gaussian();
                ascending.add(new Point(x, y, label));
            }
        }
        return Arrays.stream(random.shuffledOrder(count))
                .mapToObj(ascending::get)
                .toList();
    }
}
