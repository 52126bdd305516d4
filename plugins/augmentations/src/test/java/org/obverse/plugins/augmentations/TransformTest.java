package org.obverse.plugins.augmentations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.testkit.Workbench;

/** What every augmentation keeps to, and what those do that move pixels or add to them. */
class TransformTest {
    private static final Workbench BENCH = Workbench.of(TransformTest.class);
    private static final int CLASSES = 4;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    static List<DataTransform> idle() {
        return List.of(
                new PaddedCrop(0),
                new NoisyPictures(0),
                new SquareCutout(0),
                new ErasedRectangle(new RandomErasing(List.of(0.1, 0.4), 0, Fill.NOISE)),
                new ErasedRectangle(new RandomErasing(List.of(0.0, 0.0), 1, Fill.NOISE)),
                new MixedBatch(0));
    }

    @ParameterizedTest
    @MethodSource("idle")
    void at_strength_0_the_batch_is_the_one_that_was_given(DataTransform transform) {
        Batch batch = batch(drawn(new Shape(5, 3, 8, 8)));

        assertSame(batch, apply(transform, batch));
    }

    static List<DataTransform> perSample() {
        return List.of(
                new PaddedCrop(3),
                new NoisyPictures(0.2),
                new SquareCutout(5),
                new ErasedRectangle(new RandomErasing(List.of(0.1, 0.4), 0.7, Fill.MEAN)),
                new ErasedRectangle(new RandomErasing(List.of(0.1, 0.4), 0.7, Fill.NOISE)));
    }

    @ParameterizedTest
    @MethodSource("perSample")
    void what_happens_to_a_picture_depends_on_no_other(DataTransform transform) {
        NDArray images = drawn(new Shape(6, 3, 8, 8));
        float[] together = apply(transform, batch(images)).images().get("0:2").toFloatArray();
        float[] alone = apply(transform, batch(images.get("0:2"))).images().toFloatArray();

        assertArrayEquals(together, alone);
        assertFalse(Arrays.equals(images.get("0:2").toFloatArray(), alone), "something happens");
    }

    @ParameterizedTest
    @MethodSource("perSample")
    void pictures_keep_their_labels_and_their_shape(DataTransform transform) {
        Batch batch = batch(drawn(new Shape(4, 3, 8, 10)));
        Batch changed = apply(transform, batch);

        assertSame(batch.targets(), changed.targets());
        assertEquals(batch.images().getShape(), changed.images().getShape());
    }

    static List<DataTransform> ofPictures() {
        return List.of(new PaddedCrop(3), new SquareCutout(5), new ErasedRectangle(RandomErasing.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("ofPictures")
    void samples_without_rows_and_columns_are_refused(DataTransform transform) {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> apply(transform, batch(drawn(new Shape(4, 2)))));

        assertTrue(refusal.problems().get(0).message().contains("the shape (2)"), refusal::getMessage);
    }

    @Test
    void a_padded_crop_moves_the_picture_to_each_of_its_places_equally_often_and_shows_black_beside_it() {
        int padding = 2;
        int size = 3;
        int draws = 10_000;
        NDArray picture =
                BENCH.manager().arange(1f, 10f).reshape(1, 1, size, size).div(10);
        float[] crops = apply(new PaddedCrop(padding), batch(picture.repeat(0, draws)))
                .images()
                .toFloatArray();
        int[] seen = new int[(2 * padding + 1) * (2 * padding + 1)];
        for (int i = 0; i < draws; i++) {
            float[] crop = Arrays.copyOfRange(crops, i * size * size, (i + 1) * size * size);
            int place = IntStream.range(0, seen.length)
                    .filter(p -> Arrays.equals(crop, shifted(picture, p / 5 - padding, p % 5 - padding)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no crop of it: " + Arrays.toString(crop)));
            seen[place]++;
        }

        double expected = (double) draws / seen.length;
        double chi = Arrays.stream(seen)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
        assertTrue(chi < 43, "24 degrees of freedom exceed 43 once in a hundred times: " + chi);
    }

    /** Rows from {@code down}, columns from {@code right} on. */
    private static float[] shifted(NDArray picture, int down, int right) {
        float[] values = picture.toFloatArray();
        float[] shifted = new float[9];
        Arrays.fill(shifted, -1);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int fromRow = row + down;
                int fromColumn = column + right;
                if (fromRow >= 0 && fromRow < 3 && fromColumn >= 0 && fromColumn < 3) {
                    shifted[3 * row + column] = values[3 * fromRow + fromColumn];
                }
            }
        }
        return shifted;
    }

    @Test
    void noise_has_the_variance_that_it_says_before_it_is_clipped() {
        int values = 40 * 3 * 8 * 8;
        double sigma = 0.1;
        float[] noise = apply(new NoisyPictures(sigma), batch(BENCH.manager().zeros(new Shape(40, 3, 8, 8))))
                .images()
                .toFloatArray();
        double mean =
                IntStream.range(0, values).mapToDouble(i -> noise[i]).average().orElseThrow();
        double square = IntStream.range(0, values)
                .mapToDouble(i -> noise[i] * noise[i])
                .average()
                .orElseThrow();

        assertEquals(0, mean, 3 * sigma / Math.sqrt(values));
        assertEquals(sigma * sigma, square, 3 * sigma * sigma * Math.sqrt(2.0 / values));
    }

    @Test
    void noisy_pictures_stay_between_black_and_white() {
        NDArray white = BENCH.manager().ones(new Shape(4, 3, 8, 8));
        NDArray noisy = apply(new NoisyPictures(3), batch(white)).images();

        assertEquals(1, noisy.max().getFloat());
        assertEquals(-1, noisy.min().getFloat());
    }

    @Test
    void mixup_mixes_pictures_and_labels_in_one_proportion() {
        NDArray images = BENCH.manager().create(new float[] {1, 10, 100, 1000}, new Shape(4, 1, 1, 1));
        Batch mixed = apply(new MixedBatch(1), batch(images));
        double[] values = new double[] {1, 10, 100, 1000};
        double share = -1;
        for (int i = 0; i < 4; i++) {
            float[] target = mixed.targets().get(i).toFloatArray();
            double ofLabels = IntStream.range(0, 4)
                    .mapToDouble(k -> target[k] * values[k])
                    .sum();
            assertEquals(mixed.images().getFloat(i, 0, 0, 0), ofLabels, 1e-3);
            assertEquals(1, IntStream.range(0, 4).mapToDouble(k -> target[k]).sum(), 1e-6);
            if (target[i] < 1) {
                assertTrue(share < 0 || Math.abs(share - target[i]) < 1e-6, "one share per batch");
                share = target[i];
            }
        }
        assertTrue(share > 0 && share < 1, "some are mixed: " + share);
    }

    @Test
    void mixup_of_equal_pictures_is_the_picture_to_the_bit() {
        NDArray one = drawn(new Shape(1, 3, 8, 8));
        NDArray equal = one.repeat(0, 6);

        assertArrayEquals(
                equal.toFloatArray(),
                apply(new MixedBatch(0.3), batch(equal)).images().toFloatArray());
    }

    @Test
    void mixup_with_a_huge_parameter_is_the_mean_of_two() {
        NDArray images = BENCH.manager().create(new float[] {1, 10, 100, 1000}, new Shape(4, 1, 1, 1));
        NDArray mixed = apply(new MixedBatch(1e12), batch(images)).images();

        for (int i = 0; i < 4; i++) {
            double partner = 2 * mixed.getFloat(i, 0, 0, 0) - Math.pow(10, i);
            assertEquals(
                    0,
                    List.of(1.0, 10.0, 100.0, 1000.0).stream()
                            .mapToDouble(value -> Math.abs(value - partner))
                            .min()
                            .orElseThrow(),
                    0.01);
        }
    }

    private static NDArray drawn(Shape shape) {
        return BENCH.manager()
                .create(BENCH.stream(3).gaussians(Math.toIntExact(shape.size())), shape)
                .mul(0.3);
    }

    /** Pictures of the classes 0, 1, 2, 3, 0, … */
    private static Batch batch(NDArray images) {
        long[] labels = IntStream.range(0, (int) images.getShape().get(0))
                .mapToLong(i -> i % CLASSES)
                .toArray();
        return new Batch(images, BENCH.manager().create(labels).oneHot(CLASSES));
    }

    private static Batch apply(DataTransform transform, Batch batch) {
        return transform.transform(batch, new Epoch(0, 1), BENCH.stream(7));
    }
}
