package org.obverse.reference.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchvisionDrawsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void crop_boxes_of_a_fixed_ratio_are_those_of_torchvision(long seed) {
        TorchRandom random = new TorchRandom(seed);
        RandomResizedCrop crop = new RandomResizedCrop(0.9, 1, 1, 1);
        long[] boxes = Fixture.STREAMS.longs("torch.seed" + seed + ".rrc_0.9_1.0_ratio1_x30");

        for (int i = 0; i < boxes.length; i += 4) {
            assertEquals(box(boxes, i), crop.draw(random, 224, 224), "box " + i / 4);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void crop_boxes_and_flips_in_turn_are_those_of_torchvision(long seed) {
        TorchRandom random = new TorchRandom(seed);
        RandomResizedCrop crop = new RandomResizedCrop(0.5, 0.9, 0.8, 1.2);
        RandomHorizontalFlip flip = new RandomHorizontalFlip(0.5);
        long[] draws = Fixture.STREAMS.longs("torch.seed" + seed + ".rrc_0.5_0.9_ratio.8_1.2_then_flip_x30");

        for (int i = 0; i < draws.length; i += 5) {
            assertEquals(box(draws, i), crop.draw(random, 224, 224), "box " + i / 5);
            assertEquals(draws[i + 4] == 1, flip.draw(random), "flip " + i / 5);
        }
    }

    @Test
    void a_crop_that_never_fits_is_central_with_the_nearest_ratio() {
        RandomResizedCrop crop = new RandomResizedCrop(0.9, 1, 0.5, 2);

        assertEquals(new CropBox(0, 490, 10, 20), crop.draw(new TorchRandom(1), 10, 1000));
        assertEquals(new CropBox(490, 0, 20, 10), crop.draw(new TorchRandom(1), 1000, 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 51})
    void colour_factors_are_those_of_torchvision(long seed) {
        TorchRandom random = new TorchRandom(seed);
        ColorJitter jitter = new ColorJitter(0.2, 0.2, 0.1, 0.1);
        List<ColorJitter.Adjustment> numbering = List.of(
                ColorJitter.Adjustment.BRIGHTNESS,
                ColorJitter.Adjustment.CONTRAST,
                ColorJitter.Adjustment.SATURATION,
                ColorJitter.Adjustment.HUE);
        double[] draws = Fixture.STREAMS.doubles("torch.seed" + seed + ".colorjitter_params_x5");

        for (int i = 0; i < draws.length; i += 8) {
            ColorJitter.Draw draw = jitter.draw(random);
            for (int k = 0; k < 4; k++) {
                assertEquals(numbering.get((int) draws[i + k]), draw.order().get(k));
            }
            assertEquals(draws[i + 4], draw.brightness());
            assertEquals(draws[i + 5], draw.contrast());
            assertEquals(draws[i + 6], draw.saturation());
            assertEquals(draws[i + 7], draw.hue());
        }
    }

    @Test
    void an_adjustment_of_amount_zero_draws_nothing() {
        TorchRandom random = new TorchRandom(42);
        TorchRandom twin = new TorchRandom(42);

        ColorJitter.Draw draw = new ColorJitter(0, 0.3, 0, 0).draw(random);

        twin.permutation(4);
        assertEquals(List.of(1.0, 1.0, 0.0), List.of(draw.brightness(), draw.saturation(), draw.hue()));
        assertEquals(twin.uniform(0.7f, 1.3f), draw.contrast());
        assertEquals(twin.uniform(), random.uniform());
    }

    private static CropBox box(long[] numbers, int start) {
        return new CropBox(
                (int) numbers[start], (int) numbers[start + 1], (int) numbers[start + 2], (int) numbers[start + 3]);
    }
}
