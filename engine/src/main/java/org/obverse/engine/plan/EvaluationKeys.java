package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** The scalar keys of an evaluation model. */
record EvaluationKeys(
        @Meaning("a weights file of any format to load instead of training; empty trains") @InputFile
        String weights,

        @Meaning("side of the centre crop of reconstructions before they are resized, in pixels; 0 crops nothing")
        int crop,

        @Meaning("height and width of the images that the model sees, in pixels; 0 for the data's own size")
        int pixels,

        @Meaning("number of outputs of the loaded weights, if it is not the number of the data's classes; 0 if it is")
        int classes,

        @Meaning(
                "seed of its training; the plan's seeds.evaluation if left out; a second model of the same recipe needs one")
        long seed)
        implements Checked {
    private static final int LARGEST = 2048;

    /** What an evaluation model is that gives no key. */
    static EvaluationKeys of(long seed) {
        return new EvaluationKeys("", 0, 0, 0, seed);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (crop < 0) {
            problems.add(new Problem("crop", crop + " is no size", "use a number of pixels, or 0 to crop nothing"));
        }
        if (pixels < 0 || pixels > LARGEST) {
            problems.add(new Problem(
                    "pixels", pixels + " is out of range", "use 1 to " + LARGEST + ", or 0 for the data's own size"));
        }
        if (classes < 0) {
            problems.add(new Problem(
                    "classes",
                    classes + " is no number of outputs",
                    "use that of the weights, or 0 for the data's classes"));
        } else if (classes > 0 && weights.isEmpty()) {
            problems.add(new Problem(
                    "classes",
                    "a model that is trained here tells the data's classes apart",
                    "drop the key, or load weights"));
        }
        return problems;
    }
}
