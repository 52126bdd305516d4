package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** Expected values are those of PIL 9.4 and torchvision 0.14. */
class PillowResizeTest {
    private static final Workbench BENCH = Workbench.of(PillowResizeTest.class);
    private static final Fixture TORCHVISION = BENCH.fixture("transforms.safetensors");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @CsvSource({"pil_resize_down_20x33, 33, 20", "pil_resize_mixed_30x80, 80, 30"})
    void both_sides_are_resized_bit_for_bit_as_pillow_does_it(String entry, int width, int height) throws Exception {
        assertSame(entry, PillowResize.to(picture(), width, height));
    }

    @ParameterizedTest
    @CsvSource({"pil_resize_down_int24, 24", "pil_resize_up_int90, 90"})
    void the_shorter_side_is_resized_bit_for_bit_as_pillow_does_it(String entry, int side) throws Exception {
        assertSame(entry, PillowResize.shorterSide(picture(), side));
    }

    @Test
    void a_picture_of_the_wanted_size_is_not_touched() throws Exception {
        assertArrayEquals(
                picture().rgb(), PillowResize.shorterSide(picture(), 47).rgb());
    }

    @Test
    void values_are_those_of_to_tensor_and_normalize() throws Exception {
        byte[] planes = PillowResize.shorterSide(picture(), 24).planes(3);
        NDArray expected = TORCHVISION.get("pil_totensor_norm_int24");

        assertEquals(new Shape(3, 31, 24), expected.getShape());
        float[] values = expected.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], FolderImages.value(planes[i]), 0);
        }
    }

    @Test
    void what_would_be_too_large_in_any_pass_is_refused_before_memory_is_taken() {
        Pixels thread = new Pixels(5, 100_000, new byte[3 * 5 * 100_000]);
        Pixels line = new Pixels(1, 3_000_000, new byte[3 * 3_000_000]);

        assertEquals(
                "is too long and thin: resizing its 5 x 100000 pixels makes 1003520000 pixels of them, more than the"
                        + " 100000000 that are worked on",
                refusal(() -> PillowResize.shorterSide(thread, 224)));
        assertTrue(refusal(() -> PillowResize.shorterSide(line, 2048)).contains("12582912000000"));
        assertTrue(refusal(() -> PillowResize.to(line, 2048, 2048)).contains("6144000000"));
    }

    private static String refusal(Executable resizing) {
        return String.valueOf(
                assertThrows(UnreadablePictureException.class, resizing).getMessage());
    }

    private static void assertSame(String entry, Pixels resized) {
        NDArray expected = TORCHVISION.get(entry);
        assertEquals(expected.getShape(), new Shape(resized.height(), resized.width(), 3));
        assertArrayEquals(expected.toByteArray(), resized.rgb());
    }

    private static Pixels picture() {
        NDArray hwc = TORCHVISION.get("pil_in_hwc");
        return new Pixels((int) hwc.getShape().get(1), (int) hwc.getShape().get(0), hwc.toByteArray());
    }
}
