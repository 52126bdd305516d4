package org.obverse.inversion;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Resampling;

/**
 * How a generator's image becomes one that the target takes: the central square, then the target's size.
 *
 * @param centerCrop side of the central square in pixels; 0 keeps the whole image
 * @param resize the shorter side afterwards in pixels; 0 for the target's own height and width
 */
public record Framing(int centerCrop, int resize) implements Checked {
    /**
     * @param image of the generator, {@code [3, H, W]}
     * @param input of the target, {@code [3, h, w]}
     * @throws InvalidConfigurationException if the crop is larger than the image
     */
    public Resampling of(Shape image, Shape input) {
        List<Problem> problems = fit(image);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        Resampling whole = Resampling.of(image);
        Resampling cropped = centerCrop == 0 ? whole : whole.centerCrop(centerCrop);
        return resize == 0
                ? cropped.resize(Math.toIntExact(input.get(1)), Math.toIntExact(input.get(2)))
                : cropped.resizeShorterSide(resize);
    }

    /**
     * What an image is too small for.
     *
     * @param image of the generator, {@code [3, H, W]}
     */
    public List<Problem> fit(Shape image) {
        Resampling whole = Resampling.of(image);
        int side = Math.min(whole.height(), whole.width());
        if (centerCrop <= side) {
            return List.of();
        }
        return List.of(new Problem(
                "center-crop",
                "a crop of " + centerCrop + " pixels does not fit into the generator's images of " + whole.height()
                        + " x " + whole.width(),
                "use at most " + side + ", or 0 for the whole image"));
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (centerCrop < 0) {
            problems.add(new Problem(
                    "center-crop", centerCrop + " is no number of pixels", "use a side, or 0 for the whole image"));
        }
        if (resize < 0) {
            problems.add(new Problem(
                    "resize", resize + " is no number of pixels", "use a side, or 0 for the target's input size"));
        }
        return problems;
    }
}
