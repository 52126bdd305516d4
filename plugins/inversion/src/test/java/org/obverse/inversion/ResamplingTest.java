package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Resampling;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** {@link Resampling} belongs to the api, which has no engine to test it with. Expected values are torchvision's. */
class ResamplingTest {
    private static final Workbench BENCH = Workbench.of(ResamplingTest.class);
    private static final Fixture TORCHVISION = BENCH.fixture("transforms.safetensors");
    private static final NDArray X = TORCHVISION.get("x");
    private static final Resampling WHOLE = Resampling.of(64, 64);
    private static final int CROP = (int) TORCHVISION.get("center_crop_size").getLong();
    private static final int SIZE = (int) TORCHVISION.get("resize_size").getLong();
    private static final Resampling CROP_AND_RESIZE = WHOLE.centerCrop(CROP).resize(SIZE, SIZE);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_center_crop_keeps_the_middle() {
        assertClose(TORCHVISION.get("center_crop"), WHOLE.centerCrop(CROP).apply(X), 0);
    }

    @Test
    void an_odd_center_crop_rounds_half_to_even() {
        NDArray expected = TORCHVISION.get("center_crop_odd");

        assertClose(expected, WHOLE.centerCrop(61).crop(new Box(0, 1, 61, 58)).apply(X), 0);
    }

    @Test
    void a_center_crop_of_a_smaller_image_adds_zeros_more_of_them_behind() {
        NDArray small = X.get(":,:,0:9,0:12");
        NDArray expected = TORCHVISION.get("center_crop_pad");

        assertClose(
                expected.get(":,:,:,0:14"), Resampling.of(9, 12).centerCrop(14).apply(small), 0);
        assertClose(
                expected,
                Resampling.of(9, 12).centerCrop(15).crop(new Box(1, 0, 14, 15)).apply(small),
                0);
    }

    @Test
    void a_crop_and_an_antialiased_resize_compose() {
        assertClose(TORCHVISION.get("crop_resize_aa"), CROP_AND_RESIZE.apply(X), 2e-6);
    }

    @Test
    void a_flip_mirrors_left_and_right() {
        assertClose(TORCHVISION.get("hflip"), Resampling.of(14, 14).flip().apply(TORCHVISION.get("crop_resize_aa")), 0);
        assertClose(TORCHVISION.get("hflip"), CROP_AND_RESIZE.flip().apply(X), 2e-6);
    }

    @Test
    void enlarging_is_bilinear() {
        assertClose(
                TORCHVISION.get("resize_up_aa"),
                Resampling.of(14, 14).resize(21, 17).apply(TORCHVISION.get("crop_resize_aa")),
                2e-6);
    }

    @Test
    void one_number_resizes_the_shorter_side_and_keeps_the_proportion() {
        NDArray resized = Resampling.of(59, 78).resizeShorterSide(14).apply(TORCHVISION.get("xrect"));

        assertClose(TORCHVISION.get("resize_short_int_aa"), resized, 2e-6);
    }

    @Test
    void a_picture_of_bytes_is_resized_as_a_tensor_too() {
        NDArray picture = TORCHVISION
                .get("pil_in_hwc")
                .toType(DataType.FLOAT32, false)
                .transpose(2, 0, 1)
                .expandDims(0)
                .div(255);

        NDArray resized = Resampling.of(61, 47).resizeShorterSide(24).apply(picture);

        assertClose(TORCHVISION.get("tensor_resize_int24_aa_of_same").expandDims(0), resized, 2e-6);
    }

    @Test
    void every_image_of_a_batch_can_have_its_own_crop() {
        NDArray image = TORCHVISION.get("crop_resize_aa").get("0:1");
        long[] boxes = TORCHVISION.get("rrc_boxes_ijhw").toLongArray();
        NDList images = new NDList();
        NDList expected = new NDList();
        List<Resampling> maps = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            Box box =
                    new Box((int) boxes[4 * k], (int) boxes[4 * k + 1], (int) boxes[4 * k + 2], (int) boxes[4 * k + 3]);
            maps.add(Resampling.of(14, 14).crop(box).resize(14, 14));
            images.add(image);
            expected.add(TORCHVISION.get("rrc_" + k).get("0:1"));
        }

        assertClose(NDArrays.concat(expected), Resampling.applyEach(NDArrays.concat(images), maps), 2e-6);
    }

    @Test
    void crop_resize_and_random_crop_are_one_map_of_the_whole_image() {
        NDArray composed =
                CROP_AND_RESIZE.crop(new Box(3, 1, 7, 8)).resize(14, 14).apply(X);

        assertClose(TORCHVISION.get("rrc_3"), composed, 2e-6);
    }

    @Test
    void the_gradient_reaches_the_uncropped_image() {
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray x = BENCH.gradients().variable(X);
            NDArray weighted = CROP_AND_RESIZE.apply(x).mul(TORCHVISION.get("grad_coef"));

            NDArray gradient =
                    BENCH.gradients().of(weighted.sum(), new NDList(x)).head();

            assertClose(TORCHVISION.get("grad_x"), gradient, 1e-6);
        }
    }

    @Test
    void an_image_that_keeps_its_size_keeps_its_values() {
        assertClose(X, WHOLE.resize(64, 64).apply(X), 0);
    }

    @Test
    void maps_that_do_not_fit_the_images_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> CROP_AND_RESIZE.apply(TORCHVISION.get("xrect")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Resampling.applyEach(X, List.of(CROP_AND_RESIZE, CROP_AND_RESIZE, CROP_AND_RESIZE)));
        assertThrows(IllegalArgumentException.class, () -> WHOLE.crop(new Box(60, 0, 5, 5)));
    }

    private static void assertClose(NDArray expected, NDArray actual, double tolerance) {
        assertEquals(expected.getShape(), actual.getShape());
        double largest =
                expected.sub(actual).abs().max().toType(DataType.FLOAT64, false).getDouble();
        assertTrue(largest <= tolerance, () -> largest + " > " + tolerance);
    }
}
