package org.obverse.api.training;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** Random changes of training images, drawn per sample, with torchvision's meanings. */
public record Augmentation(
        @Meaning("smallest share of the area that a random crop keeps, in (0, 1]; 1 crops nothing")
        double crop,

        @Meaning("probability of a horizontal flip") double flip,
        @Meaning("brightness factor in [1 - x, 1 + x]") double brightness,
        @Meaning("contrast factor in [1 - x, 1 + x]") double contrast,

        @Meaning("saturation factor in [1 - x, 1 + x]; grey images stay as they are")
        double saturation,

        @Meaning(
                "shift of the hue in [-x, x], as a share of the colour circle; at most 0.5; grey images stay as they are")
        double hue,

        @Meaning("probability that an image is cropped at all")
        double cropChance,

        @Meaning(
                "most degrees by which an image is turned about its centre, either way; 0 turns none; what comes from outside is black")
        double rotation,

        @Meaning("probability that an image is turned at all")
        double rotationChance)
        implements Checked {
    public static final Augmentation NONE = new Augmentation(1, 0, 0, 0, 0, 0, 1, 0, 1);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(crop > 0 && crop <= 1)) {
            problems.add(new Problem("crop", crop + " is not a share of the area", "use a value in (0, 1]"));
        }
        probability("flip", flip, problems);
        probability("crop-chance", cropChance, problems);
        probability("rotation-chance", rotationChance, problems);
        if (!(rotation >= 0 && rotation <= 180)) {
            problems.add(new Problem("rotation", rotation + " is no range of angles", "use degrees from 0 to 180"));
        }
        jitter("brightness", brightness, problems);
        jitter("contrast", contrast, problems);
        jitter("saturation", saturation, problems);
        if (!(hue >= 0 && hue <= 0.5)) {
            problems.add(new Problem("hue", hue + " is out of range", "use a value in [0, 0.5]; 0 changes nothing"));
        }
        return problems;
    }

    private static void probability(String key, double value, List<Problem> problems) {
        if (!(value >= 0 && value <= 1)) {
            problems.add(new Problem(key, value + " is not a probability", "use a value in [0, 1]"));
        }
    }

    private static void jitter(String key, double value, List<Problem> problems) {
        if (!(value >= 0 && value <= 1)) {
            problems.add(new Problem(key, value + " is out of range", "use a value in [0, 1]; 0 changes nothing"));
        }
    }
}
