package org.obverse.plugins.augmentations;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;

/**
 * One rectangle of each chosen picture is erased (Zhong et al. 2020, arXiv 1708.04896, algorithm 1): its share a of the
 * area is uniform, its ratio r of height to width log-uniform on [0.3, 3.3], its place uniform among those wholly inside.
 * A rectangle that is higher or wider than the picture is drawn again; after ten such the picture stays whole.
 */
record ErasedRectangle(RandomErasing settings) implements DataTransform {
    private static final double FLATTEST = 0.3;
    private static final double STEEPEST = 3.3;
    private static final int ATTEMPTS = 10;
    private static final Box NOTHING = new Box(0, 0, 0, 0);

    @Override
    public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
        if (settings.probability() == 0 || settings.most() == 0) {
            return batch;
        }
        Pictures pictures = Pictures.of(batch.images(), RandomErasing.NAME);
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < pictures.count(); i++) {
            RandomStream stream = Pictures.stream(random, i);
            boxes.add(stream.uniform() < settings.probability() ? rectangle(pictures, stream) : NOTHING);
        }
        return new Batch(pictures.replaced(boxes, fill(pictures, random)), batch.targets());
    }

    private Box rectangle(Pictures pictures, RandomStream stream) {
        double pixels = (double) pictures.height() * pictures.width();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double area = stream.uniform(settings.least(), settings.most()) * pixels;
            double ratio = Math.exp(stream.uniform(Math.log(FLATTEST), Math.log(STEEPEST)));
            int height = (int) Math.rint(Math.sqrt(area * ratio));
            int width = (int) Math.rint(Math.sqrt(area / ratio));
            if (height <= pictures.height() && width <= pictures.width()) {
                int top = stream.below(pictures.height() - height + 1);
                return new Box(top, stream.below(pictures.width() - width + 1), height, width);
            }
        }
        return NOTHING;
    }

    private NDArray fill(Pictures pictures, RandomStream random) {
        return switch (settings.fill()) {
            case MEAN -> pictures.mean();
            case ZERO -> pictures.all().zerosLike();
            case NOISE -> noise(pictures, random);
        };
    }

    private static NDArray noise(Pictures pictures, RandomStream random) {
        Shape shape = pictures.all().getShape();
        int values = Math.toIntExact(shape.slice(1).size());
        float[] draws = new float[pictures.count() * values];
        for (int i = 0; i < pictures.count(); i++) {
            RandomStream stream = Pictures.stream(random, i).child("fill");
            for (int j = 0; j < values; j++) {
                draws[i * values + j] = (float) stream.uniform(-1, 1);
            }
        }
        return pictures.all()
                .getManager()
                .create(draws, shape)
                .toType(pictures.all().getDataType(), false);
    }
}
