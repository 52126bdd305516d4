package org.obverse.plugins.faces;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.random.RandomStream;

/**
 * Faces of people who do not exist. An image is a function of the seed, the person and its own number alone, so that
 * other sizes of the data set add or drop images and change none.
 *
 * <p>The identity of private person i is drawn from the stream {@code identity=i}; sample j of the pool from
 * {@code identity=i/sample=j}, test image j from {@code identity=i/test=j}, and public image k with its person from
 * {@code public=k}. Streams of different names are independent: no public person is a private one, and no test image is
 * in the pool. Images are ordered by person, then by number.
 *
 * <p>The classes of {@link People#PUBLIC} are other people: the identity of person i is drawn from the stream {@code public-identity=i}.
 *
 * <p>Private images are remembered (77 MB by default, given up when memory is short); public ones are drawn at each
 * reading, 0.3 ms for 32 × 32 pixels.
 */
final class SyntheticFaces implements Dataset {
    private final int classes;
    private final Shape shape;
    private final String stream;
    private final Map<Part, Images> images;

    SyntheticFaces(SyntheticFacesConfiguration configuration, RandomStream random) {
        this.classes = configuration.identities();
        this.stream = configuration.people().stream();
        this.shape = new Shape(3, configuration.resolution(), configuration.resolution());
        Camera privately = new Camera(
                new FaceRenderer(configuration.resolution(), configuration.privateAlign()),
                configuration.privateNoise());
        Camera publicly = new Camera(
                new FaceRenderer(configuration.resolution(), configuration.publicAlign()), configuration.publicNoise());

        int pool = configuration.poolPerIdentity();
        int training = configuration.trainingPerIdentity();
        int test = configuration.testPerIdentity();
        IntFunction<float[]> pooled = album(privately, random, "sample", pool);
        this.images = Map.of(
                Part.TRAINING, labelled(training, index -> pooled.apply(index / training * pool + index % training)),
                Part.POOL, labelled(pool, pooled),
                Part.TEST, labelled(test, album(privately, random, "test", test)),
                Part.PUBLIC, unlabelled(configuration.publicImages(), publicly, random));
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public List<String> classNames() {
        return Dataset.numbered(classes());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Set<Part> parts() {
        return images.keySet();
    }

    @Override
    public Images images(Part part) {
        Images found = images.get(part);
        if (found == null) {
            throw new IllegalArgumentException("synthetic-faces has no part " + part + "; it has " + parts());
        }
        return found;
    }

    private Album album(Camera camera, RandomStream random, String name, int perIdentity) {
        return new Album(classes * perIdentity, index -> {
            RandomStream identity = random.child(stream, index / perIdentity);
            return camera.picture(identity, identity.child(name, index % perIdentity));
        });
    }

    private Images labelled(int perIdentity, IntFunction<float[]> pictures) {
        return new DrawnImages(classes * perIdentity, shape, index -> index / perIdentity, pictures);
    }

    private Images unlabelled(int size, Camera camera, RandomStream random) {
        return new DrawnImages(size, shape, index -> -1, index -> {
            RandomStream stream = random.child("public", index);
            return camera.picture(stream, stream);
        });
    }
}
