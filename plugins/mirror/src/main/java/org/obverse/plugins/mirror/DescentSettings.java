package org.obverse.plugins.mirror;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.CosineRamp;
import org.obverse.inversion.Framing;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Reduction;
import org.obverse.inversion.StyleBox;

/** How {@code bounded-adam} searches. The defaults are those of the published code. */
public record DescentSettings(
        @Meaning("what is minimised: an identity loss, such as cross-entropy")
        Use loss,

        @Meaning("steps per candidate, all of which are taken")
        int steps,

        @Meaning("Adam's learning rate between rise and fall")
        double learningRate,

        @Meaning("share of the steps in which the learning rate rises from 0")
        double rampUp,

        @Meaning("share of the steps at the end in which the learning rate falls along half a cosine")
        double rampDown,

        @Meaning("probability that a candidate's image is mirrored in a step")
        double flip,

        @Meaning("where candidates may be after a step") StyleBox.Settings box,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize)
        implements Checked, CenterCropped {
    public static final DescentSettings DEFAULT =
            new DescentSettings(Use.of("cross-entropy"), 20_000, 0.2, 0.05, 0.25, 0.5, StyleBox.Settings.DEFAULT, 0, 0);

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    LatentDescent.Settings descent() {
        CosineRamp rate = new CosineRamp(learningRate, steps, rampUp, rampDown);
        return new LatentDescent.Settings(steps, rate, BETA1, BETA2, EPSILON, 0, Reduction.SUM);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(2, "steps", steps)
                .positive("learning-rate", learningRate)
                .share("ramp-up", rampUp)
                .share("ramp-down", rampDown)
                .share("flip", flip)
                .under("box", box.check())
                .all(framing().check())
                .list();
    }
}
