package org.obverse.toy2d;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.reference.random.GaussianBlobs;
import org.obverse.reference.random.NumpyRandom;

/**
 * Points of three round Gaussians around (0, −10), (−10, 10) and (10, 10), one class each, as {@link Plane} images.
 *
 * <p>The training part is scikit-learn's {@code make_blobs(points, centers, cluster_std=deviation, random_state=seed)},
 * point for point and in its order; the test part is as many points again, from where that stream stopped.
 */
public final class Blobs implements Dataset {
    private static final List<GaussianBlobs.Center> CENTERS = List.of(
            new GaussianBlobs.Center(0, -10), new GaussianBlobs.Center(-10, 10), new GaussianBlobs.Center(10, 10));

    private final Images training;
    private final Images test;

    private Blobs(Images training, Images test) {
        this.training = training;
        this.test = test;
    }

    /**
     * @param seed of NumPy's Mersenne Twister, 0 to 4294967295; the paper's is 17
     * @param points of each part, at least 3; the paper's are 500
     * @param deviation of both coordinates; the paper's is 1.6, and above 3 points may leave the images' range
     */
    public static Blobs draw(long seed, int points, double deviation) {
        GaussianBlobs blobs = new GaussianBlobs(CENTERS, deviation);
        NumpyRandom random = new NumpyRandom(seed);
        return new Blobs(new PointImages(blobs.draw(random, points)), new PointImages(blobs.draw(random, points)));
    }

    @Override
    public int classes() {
        return CENTERS.size();
    }

    @Override
    public List<String> classNames() {
        return Dataset.numbered(classes());
    }

    @Override
    public Shape shape() {
        return Plane.SHAPE;
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.TRAINING, Part.TEST);
    }

    @Override
    public Images images(Part part) {
        return switch (part) {
            case TRAINING -> training;
            case TEST -> test;
            case POOL, PUBLIC -> throw new IllegalArgumentException("the blobs have no part '" + part + "'");
        };
    }
}
