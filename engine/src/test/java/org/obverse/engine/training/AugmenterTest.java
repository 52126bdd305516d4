package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.Augmentation;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** Crops and turns of a recipe's augmentation: each image by draws of its own, and not always. */
final class AugmenterTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final int SIDE = 9;
    private static final RandomStream EPOCH = CounterStream.of(3);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static Augmenter turning(double degrees, double chance) {
        return new Augmenter(new Augmentation(1, 0, 0, 0, 0, 0, 1, degrees, chance));
    }

    private static NDArray augmented(Augmenter augmenter, NDArray images) {
        return augmenter.augment(
                images,
                IntStream.range(0, Math.toIntExact(images.getShape().get(0))).toArray(),
                EPOCH);
    }

    /** {@code count} images that grow by .1 from column to column, 0 in the middle. */
    private static NDArray ramps(int count) {
        float[] values = new float[count * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % SIDE - SIDE / 2) / 10f;
        }
        return MANAGER.create(values, new Shape(count, 1, SIDE, SIDE));
    }

    /** A turn of {@code x} by θ is {@code x cos θ - y sin θ}, which bilinear interpolation does not blur. */
    @Test
    void images_are_turned_by_angles_of_their_own_within_the_range() {
        NDArray turned = augmented(turning(30, 1), ramps(200));

        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 200; i++) {
            double cos = turned.getFloat(i, 0, 4, 6) / 0.2;
            double sin = -turned.getFloat(i, 0, 6, 4) / 0.2;
            double angle = Math.toDegrees(Math.atan2(sin, cos));
            assertEquals(1, Math.hypot(cos, sin), 1e-5);
            assertEquals(0.1 * (2 * cos + sin), turned.getFloat(i, 0, 3, 6), 1e-5);
            least = Math.min(least, angle);
            most = Math.max(most, angle);
        }
        assertTrue(least >= -30 && least < -28, "the least angle is " + least);
        assertTrue(most <= 30 && most > 28, "the largest angle is " + most);
    }

    @Test
    void what_comes_from_outside_is_black() {
        NDArray turned = augmented(turning(180, 1), MANAGER.ones(new Shape(50, 3, SIDE, SIDE)));

        assertEquals(-1, turned.min().getFloat(), 1e-6);
        assertEquals(1, turned.get(":, :, 4, 4").min().getFloat(), 1e-6);
    }

    /** Three standard deviations of 400 tosses of a coin are 30. */
    @Test
    void half_of_the_images_are_left_as_they_are_where_the_chance_is_a_half() {
        NDArray images = ramps(400);
        Augmenter cropping = new Augmenter(new Augmentation(0.3, 0, 0, 0, 0, 0, 0.5, 0, 1));

        assertEquals(200, same(images, augmented(turning(30, 0.5), images)), 30);
        // Of the crops, those of a share above (8.5 / 9)^2 of the area round to the whole image.
        assertEquals(400 * (0.5 + 0.5 * (1 - 0.892) / 0.7), same(images, augmented(cropping, images)), 30);
        assertEquals(400, same(images, augmented(turning(30, 0), images)));
    }

    private static int same(NDArray before, NDArray after) {
        float[] far = before.sub(after)
                .abs()
                .reshape(before.getShape().get(0), -1)
                .max(new int[] {1})
                .toFloatArray();
        int same = 0;
        for (float one : far) {
            same += one < 1e-6 ? 1 : 0;
        }
        return same;
    }

    @Test
    void a_chance_of_one_draws_what_was_drawn_before_there_was_a_chance() {
        NDArray images = ramps(20);
        Augmenter always = new Augmenter(new Augmentation(0.3, 0.5, 0, 0, 0, 0, 1, 0, 1));
        Augmenter almost = new Augmenter(new Augmentation(0.3, 0.5, 0, 0, 0, 0, 1 - 1e-12, 0, 1));

        assertArrayEquals(
                augmented(always, images).toFloatArray(),
                augmented(almost, images).toFloatArray());
    }

    @Test
    void the_gradient_of_crop_flip_and_turn_is_that_of_central_differences() {
        Augmenter augmenter = new Augmenter(new Augmentation(0.5, 0.5, 0, 0, 0, 0, 0.5, 30, 0.5));
        Shape shape = new Shape(6, 1, 5, 5);
        double[] pixels = doubles(EPOCH.child("pixels"), (int) shape.size());
        NDArray weights = MANAGER.create(doubles(EPOCH.child("weights"), pixels.length), shape);
        NDArray gradient;
        try (Gradients.Recording recording = TORCH.gradients().recording()) {
            NDArray variable = TORCH.gradients().variable(MANAGER.create(pixels, shape));
            gradient = TORCH.gradients()
                    .of(value(augmenter, variable, weights), new NDList(variable))
                    .head();
        }

        double[] found = gradient.toDoubleArray();
        for (int i = 0; i < pixels.length; i += 7) {
            double above =
                    value(augmenter, moved(pixels, i, 1e-5, shape), weights).getDouble();
            double below =
                    value(augmenter, moved(pixels, i, -1e-5, shape), weights).getDouble();
            assertEquals((above - below) / 2e-5, found[i], 1e-6, "pixel " + i);
        }
    }

    private static NDArray value(Augmenter augmenter, NDArray images, NDArray weights) {
        return augmented(augmenter, images).square().mul(weights).sum();
    }

    private static NDArray moved(double[] pixels, int at, double by, Shape shape) {
        double[] values = pixels.clone();
        values[at] += by;
        return MANAGER.create(values, shape);
    }

    private static double[] doubles(RandomStream random, int count) {
        double[] values = new double[count];
        float[] drawn = random.gaussians(count);
        for (int i = 0; i < count; i++) {
            values[i] = drawn[i];
        }
        return values;
    }
}
