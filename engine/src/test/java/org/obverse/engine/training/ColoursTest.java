package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.training.Augmentation;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** Expected values are torchvision's. */
final class ColoursTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();
    private static final TensorFile TORCHVISION =
            TensorFile.open(Path.of("target/test-classes/training/transforms.safetensors"));

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.8", "1.17"})
    void brightness_blends_with_black(String factor) {
        assertChanges("brightness_" + factor, Colours::brightness, factor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.8", "1.17"})
    void contrast_blends_with_the_mean_grey(String factor) {
        assertChanges("contrast_" + factor, Colours::contrast, factor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.9", "1.1"})
    void saturation_blends_with_the_grey_of_each_pixel(String factor) {
        assertChanges("saturation_" + factor, Colours::saturation, factor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "0.06", "0.5"})
    void hue_turns_the_colour_circle(String shift) {
        assertChanges("hue_" + shift, Colours::hue, shift);
    }

    @Test
    void greys_black_and_white_have_no_hue_to_turn() {
        NDArray greys =
                MANAGER.create(new float[] {0, 1, 0.3f}, new Shape(1, 1, 1, 3)).repeat(1, 3);

        NDArray turned = Colours.hue(greys, MANAGER.create(new float[] {0.3f}, new Shape(1, 1, 1, 1)));

        assertEquals(0, largest(turned.sub(greys)), 1e-7);
    }

    /** torchvision: brightness and contrast blend with black and with the mean, saturation and hue leave one channel as it is. */
    @Test
    void an_image_of_one_channel_has_brightness_and_contrast_and_nothing_else() {
        NDArray grey = MANAGER.create(new float[] {0.1f, 0.2f, 0.3f, 0.8f}, new Shape(1, 1, 2, 2));
        NDArray half = MANAGER.create(new float[] {0.5f}, new Shape(1, 1, 1, 1));

        assertArrayEquals(
                new float[] {0.05f, 0.1f, 0.15f, 0.4f},
                Colours.brightness(grey, half).toFloatArray(),
                1e-6f);
        assertArrayEquals(
                new float[] {0.225f, 0.275f, 0.325f, 0.575f},
                Colours.contrast(grey, half).toFloatArray(),
                1e-6f);
        assertArrayEquals(grey.toFloatArray(), Colours.saturation(grey, half).toFloatArray(), 1e-6f);
        assertArrayEquals(grey.toFloatArray(), Colours.hue(grey, half).toFloatArray());
    }

    @Test
    void an_augmentation_of_everything_leaves_grey_images_grey() {
        NDArray grey = MANAGER.create(new float[] {-0.8f, -0.2f, 0.3f, 0.8f}, new Shape(1, 1, 2, 2));
        Augmenter augmenter = new Augmenter(new Augmentation(0.5, 0.5, 0.2, 0.2, 0.2, 0.2, 1, 0, 1));

        NDArray changed = augmenter.augment(grey, new int[] {0}, CounterStream.of(1));

        assertEquals(grey.getShape(), changed.getShape());
        assertTrue(largest(changed.sub(grey)) > 0.01);
    }

    @Test
    void each_image_takes_its_own_number() {
        NDArray one = TORCHVISION.tensor(MANAGER, "jit_in").expandDims(0);
        NDArray both =
                Colours.hue(one.concat(one, 0), MANAGER.create(new float[] {-0.1f, 0.5f}, new Shape(2, 1, 1, 1)));

        assertEquals(0, largest(both.get("0").sub(TORCHVISION.tensor(MANAGER, "hue_-0.1"))), 2e-6);
        assertEquals(0, largest(both.get("1").sub(TORCHVISION.tensor(MANAGER, "hue_0.5"))), 2e-6);
    }

    @Test
    void an_augmentation_of_hue_alone_turns_images_each_by_its_own_draw() {
        NDArray one = TORCHVISION.tensor(MANAGER, "jit_in").expandDims(0).mul(2).sub(1);
        Augmenter augmenter = new Augmenter(new Augmentation(1, 0, 0, 0, 0, 0.1, 1, 0, 1));

        NDArray changed = augmenter.augment(one.concat(one, 0), new int[] {0, 1}, CounterStream.of(1));

        assertTrue(largest(changed.get("0").sub(one.get("0"))) > 1e-3);
        assertTrue(largest(changed.get("1").sub(changed.get("0"))) > 1e-3);
        assertEquals(0, largest(changed.max(new int[] {1}).sub(one.max(new int[] {1}))), 2e-6);
    }

    private static void assertChanges(String entry, BinaryOperator<NDArray> change, String number) {
        NDArray images = TORCHVISION.tensor(MANAGER, "jit_in").expandDims(0);
        NDArray by = MANAGER.create(new float[] {Float.parseFloat(number)}, new Shape(1, 1, 1, 1));

        NDArray changed = change.apply(images, by).squeeze(0);

        assertEquals(0, largest(changed.sub(TORCHVISION.tensor(MANAGER, entry))), 2e-6);
    }

    private static float largest(NDArray differences) {
        return differences.abs().max().getFloat();
    }
}
