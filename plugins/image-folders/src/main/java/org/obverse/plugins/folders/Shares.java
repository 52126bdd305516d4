package org.obverse.plugins.folders;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How many of the private images models train on. */
public record Shares(
        @Meaning("share of the private images that models may train on, in (0, 1); the rest is the test part")
        double trainingShare,

        @Meaning("images of each class that the target trains on, the first ones of its share; 0 takes all of them")
        int trainingPerClass)
        implements Checked {
    /** 90 % for training, as in PPA's reference code. */
    public static final Shares DEFAULT = new Shares(0.9, 0);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(trainingShare > 0 && trainingShare < 1)) {
            problems.add(new Problem(
                    "training-share", trainingShare + " is not a share of the images", "use a value between 0 and 1"));
        }
        if (trainingPerClass < 0) {
            problems.add(new Problem(
                    "training-per-class",
                    trainingPerClass + " is not a number of images",
                    "use at least 1, or 0 for all of the share"));
        }
        return problems;
    }
}
