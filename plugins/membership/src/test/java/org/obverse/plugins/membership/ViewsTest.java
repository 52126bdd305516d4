package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.testkit.Workbench;

/** Of a picture with the rows 1 2 3 and 4 5 6. */
class ViewsTest {
    private static final Workbench BENCH = Workbench.of(ViewsTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private record Pictures(Shape shape) implements Images {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return manager.arange(1f, shape.size() + 1f).reshape(new Shape(1).addAll(shape));
        }
    }

    private static final Images PICTURES = new Pictures(new Shape(1, 2, 3));

    private static float[] view(Views views, int number) {
        return views.of(PICTURES).get(number).read(BENCH.manager(), 0).toFloatArray();
    }

    @Test
    void the_first_view_is_the_picture_as_it_is() {
        for (Views views : List.of(new Views(0, false), new Views(1, false), new Views(1, true))) {
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, view(views, 0));
        }
    }

    @Test
    void pictures_are_moved_before_black_and_mirrored() {
        Views views = new Views(1, true);

        assertArrayEquals(new float[] {2, 3, -1, 5, 6, -1}, view(views, 1));
        assertArrayEquals(new float[] {-1, 1, 2, -1, 4, 5}, view(views, 2));
        assertArrayEquals(new float[] {4, 5, 6, -1, -1, -1}, view(views, 3));
        assertArrayEquals(new float[] {-1, -1, -1, 1, 2, 3}, view(views, 6));
        assertArrayEquals(new float[] {-1, -1, -1, -1, 1, 2}, view(views, 8));
        assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4}, view(views, 9));
    }

    @Test
    void there_are_eighteen_and_all_differ() {
        assertEquals(18, new Views(1, true).count());
        assertEquals(
                18,
                IntStream.range(0, 18)
                        .mapToObj(number -> java.util.Arrays.toString(view(new Views(1, true), number)))
                        .distinct()
                        .count());
        assertEquals(1, new Views(0, false).count());
    }

    @Test
    void what_is_no_picture_or_too_small_a_one_is_refused() {
        assertRefused(new Views(0, true), new Pictures(new Shape(5)), "has the shape (5)");
        assertRefused(new Views(2, false), PICTURES, "moves pictures by 2 pixels");
        assertEquals(1, new Views(0, false).of(new Pictures(new Shape(5))).size());
    }

    private static void assertRefused(Views views, Images images, String words) {
        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> views.of(images));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }
}
