package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.testkit.Workbench;

class RandomCropTest {
    private static final Workbench BENCH = Workbench.of(RandomCropTest.class);
    private static final RandomCrop SELECTION = new RandomCrop(0.5, 0.9, 0.8, 1.2);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void boxes_lie_within_the_image_and_within_both_ranges_up_to_a_pixel() {
        for (Box box : boxes(SELECTION, 2000, 224, 200)) {
            assertTrue(box.top() >= 0 && box.top() + box.height() <= 224, () -> "rows of " + box);
            assertTrue(box.left() >= 0 && box.left() + box.width() <= 200, () -> "columns of " + box);
            double share = (double) box.height() * box.width() / (224 * 200);
            assertTrue(share > 0.49 && share < 0.91, () -> "area of " + box);
            double ratio = (double) box.width() / box.height();
            assertTrue(ratio > 0.79 && ratio < 1.21, () -> "ratio of " + box);
        }
    }

    @Test
    void areas_are_uniform() {
        double[] shares = boxes(new RandomCrop(0.2, 0.6, 1, 1), 4000, 500, 500).stream()
                .mapToDouble(box -> (double) box.height() * box.width() / 250_000)
                .toArray();

        double mean = IntStream.range(0, shares.length)
                .mapToDouble(i -> shares[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, shares.length)
                .mapToDouble(i -> (shares[i] - mean) * (shares[i] - mean))
                .average()
                .orElseThrow();
        assertEquals(0.4, mean, 4 * 0.4 / Math.sqrt(12 * 4000));
        assertEquals(0.4 * 0.4 / 12, variance, 0.001);
    }

    @Test
    void every_place_is_reached() {
        Set<String> corners = new HashSet<>();
        boxes(new RandomCrop(0.8, 0.82, 1, 1), 500, 10, 10).forEach(box -> corners.add(box.top() + "," + box.left()));

        assertEquals(Set.of("0,0", "0,1", "1,0", "1,1"), corners);
    }

    @Test
    void a_ratio_that_never_fits_gives_the_largest_central_box_of_an_allowed_ratio() {
        RandomStream stream = BENCH.stream(1);

        assertEquals(new Box(0, 46, 8, 8), new RandomCrop(0.9, 1, 1, 1).draw(stream, 8, 100));
        assertEquals(new Box(25, 0, 50, 100), new RandomCrop(0.9, 1, 2, 2).draw(stream, 100, 100));
    }

    @Test
    void the_same_stream_gives_the_same_box() {
        assertEquals(
                SELECTION.draw(BENCH.stream(3).child("step", 4), 224, 224),
                SELECTION.draw(BENCH.stream(3).child("step", 4), 224, 224));
    }

    @Test
    void no_crop_is_the_whole_image_also_if_it_is_not_square() {
        assertTrue(RandomCrop.NONE.isNone());
        assertFalse(SELECTION.isNone());
        assertEquals(new Box(0, 0, 59, 78), RandomCrop.NONE.draw(BENCH.stream(1), 59, 78));
    }

    @Test
    void ranges_that_are_none_are_problems_of_their_keys() {
        List<String> keys = new RandomCrop(0.9, 0.5, 1.2, 0.8)
                .check().stream().map(Problem::path).toList();

        assertEquals(List.of("min-area", "min-ratio"), keys);
        assertEquals(1, new RandomCrop(0, 1, 1, 1).check().size());
        assertEquals(1, new RandomCrop(0.5, 1.1, 1, 1).check().size());
        assertEquals(List.of(), SELECTION.check());
    }

    private static List<Box> boxes(RandomCrop crop, int count, int height, int width) {
        RandomStream stream = BENCH.stream(7);
        return IntStream.range(0, count)
                .mapToObj(i -> crop.draw(stream.child("draw", i), height, width))
                .toList();
    }
}
