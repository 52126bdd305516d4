package org.obverse.reference.random;

import java.util.Arrays;
import java.util.List;

/**
 * The factors that torchvision's {@code ColorJitter} draws (version 0.14, {@code get_params}). An amount of 0 switches
 * its adjustment off: nothing is drawn for it, and its factor is the one that changes nothing.
 *
 * @param brightness amount v ≥ 0, for a factor in [max(0, 1 − v), 1 + v]
 * @param contrast as brightness
 * @param saturation as brightness
 * @param hue amount v in [0, 0.5], for a shift in [−v, v]
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {

    /** The four adjustments, in torchvision's numbering. */
    public enum Adjustment {
        BRIGHTNESS,
        CONTRAST,
        SATURATION,
        HUE
    }

    /**
     * What was drawn for one image.
     *
     * @param order the order in which to apply all four adjustments
     * @param brightness factor; 1 changes nothing
     * @param contrast factor; 1 changes nothing
     * @param saturation factor; 1 changes nothing
     * @param hue shift in turns of the colour circle; 0 changes nothing
     */
    public record Draw(List<Adjustment> order, double brightness, double contrast, double saturation, double hue) {
        /** Keeps its own copy of the order. */
        public Draw {
            order = List.copyOf(order);
        }
    }

    /** First the order, then the factors of brightness, contrast, saturation and hue. */
    public Draw draw(TorchRandom random) {
        Adjustment[] adjustments = Adjustment.values();
        List<Adjustment> order = Arrays.stream(random.permutation(adjustments.length))
                .mapToObj(i -> adjustments[i])
                .toList();
        double brightnessFactor = factor(random, brightness);
        double contrastFactor = factor(random, contrast);
        double saturationFactor = factor(random, saturation);
        double hueShift = hue == 0 ? 0 : random.uniform((float) -hue, (float) hue);
        return new Draw(order, brightnessFactor, contrastFactor, saturationFactor, hueShift);
    }

    private static double factor(TorchRandom random, double amount) {
        return amount == 0 ? 1 : random.uniform((float) Math.max(0, 1 - amount), (float) (1 + amount));
    }
}
