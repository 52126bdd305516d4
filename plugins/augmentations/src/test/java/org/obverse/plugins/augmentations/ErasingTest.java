package org.obverse.plugins.augmentations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.testkit.Workbench;

/** What is erased of pictures: how much, of what shape, where, and what is there instead. */
class ErasingTest {
    private static final Workbench BENCH = Workbench.of(ErasingTest.class);
    private static final int DRAWS = 10_000;
    /** No mean, and no fill that is drawn, has this value. */
    private static final float WHOLE = 2;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void cutout_takes_out_the_share_that_its_places_have_on_average() {
        int size = 8;
        int side = 4;
        double[] lines = IntStream.range(0, size)
                .mapToDouble(centre -> Math.min(size, centre + 2) - Math.max(0, centre - 2))
                .toArray();
        double line =
                IntStream.range(0, size).mapToDouble(i -> lines[i]).average().orElseThrow();
        double square = IntStream.range(0, size)
                .mapToDouble(i -> lines[i] * lines[i])
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(square * square - line * line * line * line);

        double erased = erased(new SquareCutout(side), size, size).stream()
                .mapToDouble(box -> (double) box.height() * box.width())
                .average()
                .orElseThrow();

        assertEquals(line * line, erased, 3 * deviation / Math.sqrt(DRAWS));
    }

    @Test
    void a_square_of_odd_side_has_that_side() {
        assertEquals(
                5,
                erased(new SquareCutout(5), 16, 16).stream()
                        .mapToInt(Box::height)
                        .max()
                        .orElseThrow());
    }

    @Test
    void random_erasing_erases_the_mean_of_its_shares() {
        double share = erased(erasing(0.1, 0.2, 1), 64, 64).stream()
                .mapToDouble(box -> (double) box.height() * box.width() / (64 * 64))
                .average()
                .orElseThrow();

        assertEquals(0.15, share, 3 * 0.1 / Math.sqrt(12.0 * DRAWS));
    }

    @Test
    void the_ratio_of_height_to_width_is_log_uniform_from_three_tenths_to_three_and_three_tenths() {
        double[] logs = erased(erasing(0.2, 0.2, 1), 64, 64).stream()
                .mapToDouble(box -> Math.log((double) box.height() / box.width()))
                .toArray();
        double low = Math.log(0.3);
        double high = Math.log(3.3);
        double rounding = 0.06;
        double mean = IntStream.range(0, logs.length)
                .mapToDouble(i -> logs[i])
                .average()
                .orElseThrow();

        assertTrue(
                IntStream.range(0, logs.length).allMatch(i -> logs[i] > low - rounding && logs[i] < high + rounding));
        assertEquals((low + high) / 2, mean, 3 * (high - low) / Math.sqrt(12.0 * DRAWS));
    }

    @Test
    void a_rectangle_lies_at_each_of_its_places_equally_often() {
        List<Box> boxes = erased(erasing(0.25, 0.25, 1), 16, 16);
        double top = boxes.stream()
                .mapToDouble(box -> (box.top() + 0.5) / (16 - box.height() + 1))
                .average()
                .orElseThrow();
        double left = boxes.stream()
                .mapToDouble(box -> (box.left() + 0.5) / (16 - box.width() + 1))
                .average()
                .orElseThrow();

        assertEquals(0.5, top, 3 / Math.sqrt(12.0 * DRAWS));
        assertEquals(0.5, left, 3 / Math.sqrt(12.0 * DRAWS));
    }

    @Test
    void as_many_pictures_are_erased_as_the_probability_says() {
        double share = erased(erasing(0.1, 0.2, 0.3), 16, 16).stream()
                        .filter(box -> box.height() > 0)
                        .count()
                / (double) DRAWS;

        assertEquals(0.3, share, 3 * Math.sqrt(0.3 * 0.7 / DRAWS));
    }

    @Test
    void a_picture_stays_whole_where_ten_rectangles_do_not_fit() {
        long whole = erased(erasing(1, 1, 1), 200, 20).stream()
                .filter(box -> box.height() == 0)
                .count();

        assertEquals(DRAWS / 100, whole);
    }

    @Test
    void an_erased_rectangle_has_what_the_fill_says_and_the_rest_is_untouched() {
        NDArray images =
                BENCH.manager().create(BENCH.stream(2).gaussians(200 * 3 * 16 * 16), new Shape(200, 3, 16, 16));
        List<Box> boxes = boxes(apply(erasing(0.1, 0.4, 1), whole(200, 16, 16)));
        NDArray mean = apply(new ErasedRectangle(new RandomErasing(List.of(0.1, 0.4), 1, Fill.MEAN)), images);
        NDArray noise = apply(new ErasedRectangle(new RandomErasing(List.of(0.1, 0.4), 1, Fill.NOISE)), images);
        float[] means = images.reshape(200, 3, -1).mean(new int[] {2}).toFloatArray();
        float[] originals = images.toFloatArray();
        float[] averaged = mean.toFloatArray();
        float[] drawn = noise.toFloatArray();
        double sum = 0;
        double square = 0;
        long count = 0;
        for (int p = 0; p < originals.length; p++) {
            Box box = boxes.get(p / (3 * 256));
            int y = p / 16 % 16 - box.top();
            int x = p % 16 - box.left();
            if (y >= 0 && y < box.height() && x >= 0 && x < box.width()) {
                assertEquals(means[p / 256], averaged[p], 1e-6f);
                sum += drawn[p];
                square += drawn[p] * drawn[p];
                count++;
            } else {
                assertEquals(originals[p], averaged[p]);
                assertEquals(originals[p], drawn[p]);
            }
        }
        assertEquals(0, sum / count, 3 / Math.sqrt(3.0 * count));
        assertEquals(1 / 3.0, square / count, 3 * Math.sqrt(4 / 45.0 / count));
    }

    private static DataTransform erasing(double least, double most, double probability) {
        return new ErasedRectangle(new RandomErasing(List.of(least, most), probability, Fill.ZERO));
    }

    /** What is erased of many pictures; the larger ones are fewer. */
    private static List<Box> erased(DataTransform transform, int height, int width) {
        List<Box> boxes = new ArrayList<>();
        int batch = 100;
        int batches = height > 100 ? 1 : DRAWS / batch;
        for (int b = 0; b < batches; b++) {
            try (NDScope scope = new NDScope()) {
                NDArray pictures = whole(batch, height, width);
                RandomStream stream = BENCH.stream(11).child("batch", b);
                boxes.addAll(boxes(transform
                        .transform(new Batch(pictures, pictures), new Epoch(0, 1), stream)
                        .images()));
            }
        }
        return boxes;
    }

    private static NDArray whole(int count, int height, int width) {
        return BENCH.manager().full(new Shape(count, 1, height, width), WHOLE);
    }

    private static NDArray apply(DataTransform transform, NDArray images) {
        return transform
                .transform(new Batch(images, images), new Epoch(0, 1), BENCH.stream(11))
                .images();
    }

    /** The rectangle without {@link #WHOLE} in each picture, and that it is one. */
    private static List<Box> boxes(NDArray pictures) {
        int height = (int) pictures.getShape().get(2);
        int width = (int) pictures.getShape().get(3);
        float[] values = pictures.toFloatArray();
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < pictures.getShape().get(0); i++) {
            int from = i * height * width;
            int count = 0;
            int top = height;
            int bottom = -1;
            int left = width;
            int right = -1;
            for (int p = 0; p < height * width; p++) {
                if (values[from + p] != WHOLE) {
                    count++;
                    top = Math.min(top, p / width);
                    bottom = p / width;
                    left = Math.min(left, p % width);
                    right = Math.max(right, p % width);
                }
            }
            Box box = count == 0 ? new Box(0, 0, 0, 0) : new Box(top, left, bottom - top + 1, right - left + 1);
            assertEquals(box.height() * box.width(), count, "a rectangle");
            boxes.add(box);
        }
        return boxes;
    }
}
