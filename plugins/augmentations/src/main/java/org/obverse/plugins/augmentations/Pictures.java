package org.obverse.plugins.augmentations;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;

/**
 * Training pictures whose rows and columns are known.
 *
 * @param all {@code [N, C, height, width]}
 */
record Pictures(NDArray all, int count, int channels, int height, int width) {
    /**
     * @param defense that needs pictures
     * @throws InvalidConfigurationException if these are no pictures
     */
    static Pictures of(NDArray images, String defense) {
        Shape shape = images.getShape();
        if (shape.dimension() != 4) {
            throw new InvalidConfigurationException(new Problem(
                    "defense",
                    "'%s' needs pictures of rows and columns, and a sample of these data has the shape %s"
                            .formatted(defense, shape.slice(1)),
                    "drop the defense, or use a data set of pictures"));
        }
        return new Pictures(images, size(shape, 0), size(shape, 1), size(shape, 2), size(shape, 3));
    }

    private static int size(Shape shape, int dimension) {
        return Math.toIntExact(shape.get(dimension));
    }

    /** What is drawn for one picture of a batch. */
    static RandomStream stream(RandomStream batch, int picture) {
        return batch.child("sample", picture);
    }

    /** The mean colour of each, {@code [N, C, 1, 1]}. */
    NDArray mean() {
        return all.reshape(count, channels, -1).mean(new int[] {2}).reshape(count, channels, 1, 1);
    }

    /**
     * The pictures with one rectangle of each replaced.
     *
     * @param boxes one per picture, inside of it; without pixels where nothing is replaced
     * @param fill what {@code [N, C, height, width]} or a shape that is broadcast to it has there
     */
    NDArray replaced(List<Box> boxes, NDArray fill) {
        float[] inside = new float[count * height * width];
        for (int i = 0; i < count; i++) {
            Box box = boxes.get(i);
            for (int row = box.top(); row < box.top() + box.height(); row++) {
                int first = (i * height + row) * width + box.left();
                Arrays.fill(inside, first, first + box.width(), 1);
            }
        }
        NDArray mask = all.getManager()
                .create(inside, new Shape(count, 1, height, width))
                .toType(all.getDataType(), false);
        return all.mul(mask.neg().add(1)).add(fill.mul(mask));
    }
}
