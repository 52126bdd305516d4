package org.obverse.plugins.augmentations;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** What {@code random-erasing} erases. */
public record RandomErasing(
        @Meaning(
                "least and largest share of a picture that is erased, each in [0, 1]; both 0 erases nothing. A rectangle that does not fit is drawn again, ten times at most, so few of nearly"
                        + " the whole picture are erased")
        List<Double> area,

        @Meaning("how often a picture is erased at all, in [0, 1]")
        double probability,

        @Meaning("what erased pixels become: mean (of the picture, per channel), zero (grey) or noise")
        Fill fill)
        implements Checked {
    static final String NAME = "random-erasing";

    /** Every picture, as MIDRE does; Zhong et al. 2020 erase half of them, and 0.02 to 0.4 of each. */
    public static final RandomErasing DEFAULT = new RandomErasing(List.of(0.1, 0.4), 1, Fill.MEAN);

    public RandomErasing {
        area = List.copyOf(area);
    }

    double least() {
        return area.get(0);
    }

    double most() {
        return area.get(1);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(area.size() == 2 && least() >= 0 && least() <= most() && most() <= 1)) {
            problems.add(new Problem(
                    "area",
                    area + " are not the least and the largest share of a picture",
                    "write two numbers in [0, 1], the smaller one first, such as [ 0.1, 0.4 ]"));
        }
        if (!(probability >= 0 && probability <= 1)) {
            problems.add(new Problem("probability", probability + " is not a probability", "use a value in [0, 1]"));
        }
        return problems;
    }
}
