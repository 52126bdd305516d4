package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;

class AugmentationTest {
    private static final Workbench BENCH = Workbench.of(AugmentationTest.class);
    private static final Augmentation NONE = new Augmentation(RandomCrop.NONE, 0, 0, 0, 0, 0);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void without_anything_an_image_stays_as_it_is() {
        NDArray images = Float64.gaussians(BENCH, 1, 2, 3, 6, 6);

        assertArrayEquals(
                images.toDoubleArray(), NONE.apply(images, streams(1, 2)).toDoubleArray());
    }

    @Test
    void a_mirror_image_shows_left_right() {
        NDArray images = Float64.gaussians(BENCH, 1, 1, 1, 1, 3);

        double[] mirrored = new Augmentation(RandomCrop.NONE, 0, 0, 0, 1, 0)
                .apply(images, streams(1))
                .toDoubleArray();

        double[] original = images.toDoubleArray();
        assertArrayEquals(new double[] {original[2], original[1], original[0]}, mirrored);
    }

    /** In [0, 1] grey of 0.5 becomes 0.5 b, with b in [0.5, 1.5]. */
    @Test
    void brightness_multiplies_pixels_in_the_range_from_0_to_1() {
        NDArray images =
                BENCH.manager().create(new double[] {0, 0, 0.5, 0.5, -1, -1}).reshape(1, 3, 1, 2);

        double[] bright = new Augmentation(RandomCrop.NONE, 0.5, 0, 1, 0, 0)
                .apply(images, streams(1))
                .toDoubleArray();

        double b = (bright[0] + 1) / 1;
        assertFalse(b == 1);
        assertEquals(1, b, 0.5);
        assertArrayEquals(new double[] {b - 1, b - 1, 1.5 * b - 1, 1.5 * b - 1, -1, -1}, bright, 1e-12);
    }

    @Test
    void contrast_moves_pixels_away_from_the_mean_grey() {
        NDArray images = BENCH.manager()
                .create(new double[] {-0.2, 0.4, 0.1, 0.3, -0.6, 0})
                .reshape(1, 3, 1, 2);
        double grey = 0.299 * 0.1 + 0.587 * 0.2 + 0.114 * -0.3;

        double[] found = new Augmentation(RandomCrop.NONE, 0, 0.5, 1, 0, 0)
                .apply(images, streams(1))
                .toDoubleArray();

        double[] original = images.toDoubleArray();
        double c = (found[0] - grey) / (original[0] - grey);
        assertFalse(c == 1);
        assertEquals(1, c, 0.5);
        for (int i = 0; i < 6; i++) {
            assertEquals(grey + c * (original[i] - grey), found[i], 1e-12);
        }
    }

    @Test
    void what_happens_to_an_image_depends_on_its_stream_alone() {
        NDArray images = Float64.gaussians(BENCH, 1, 2, 3, 8, 8);

        double[] both = Augmentation.OF_SEARCH.apply(images, streams(1, 2)).toDoubleArray();
        double[] second =
                Augmentation.OF_SEARCH.apply(images.get("1:2"), streams(2)).toDoubleArray();

        assertArrayEquals(second, Arrays.copyOfRange(both, 192, 384), 1e-12);
        assertFalse(Arrays.equals(
                both, Augmentation.OF_SEARCH.apply(images, streams(2, 1)).toDoubleArray()));
    }

    @Test
    void the_gradient_through_all_of_it_is_that_of_central_differences() {
        NDArray images = Float64.gaussians(BENCH, 1, 1, 3, 6, 6);
        NDArray variable = BENCH.gradients().variable(images);
        NDArray gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            gradient =
                    BENCH.gradients().of(value(variable), new NDList(variable)).head();
        }

        double[] found = gradient.toDoubleArray();
        for (int i = 0; i < found.length; i++) {
            double[] values = images.toDoubleArray();
            values[i] += 1e-6;
            double above =
                    value(BENCH.manager().create(values, images.getShape())).getDouble();
            values[i] -= 2e-6;
            double below =
                    value(BENCH.manager().create(values, images.getShape())).getDouble();
            assertEquals((above - below) / 2e-6, found[i], 1e-7, "pixel " + i);
        }
    }

    private static NDArray value(NDArray images) {
        return Augmentation.OF_SEARCH.apply(images, streams(5)).square().sum();
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        assertEquals(List.of(), Augmentation.OF_TRAINING.check());
        assertEquals(
                List.of("crop.min-area", "brightness", "contrast", "jitter", "flip", "rotation"),
                new Augmentation(new RandomCrop(0, 1, 1, 1), -1, 2, 2, -1, 200)
                        .check().stream().map(Problem::path).toList());
    }

    private static List<RandomStream> streams(long... seeds) {
        return Arrays.stream(seeds).mapToObj(BENCH::stream).toList();
    }
}
