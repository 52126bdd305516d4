package org.obverse.plugins.smoothing;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How strongly labels are smoothed, and from when on. */
public record LabelSmoothing(
        @Meaning("share of the uniform distribution in the labels, at most 1; 0 leaves them hard, negative values push"
                + " the wrong classes below 0")
        double alpha,

        @Meaning("how a negative alpha is reached: fraction (of all epochs), reference (epochs 50 and 75 as published)"
                + " or constant; alpha >= 0 is constant anyway")
        Course schedule,

        @Meaning("share of the epochs, 0 to 1, after which the ramp of fraction begins; labels are hard before")
        double ramp,

        @Meaning("share of the epochs, at least ramp and at most 1, from which on fraction holds alpha itself")
        double hold)
        implements Checked {
    private static final double RAMP = 0.5;
    private static final double HOLD = 0.75;

    /** The negative smoothing of the paper, at any number of epochs. */
    public static final LabelSmoothing DEFAULT = new LabelSmoothing(-0.05, Course.FRACTION);

    /** With the ramp of the paper. */
    public LabelSmoothing(double alpha, Course schedule) {
        this(alpha, schedule, RAMP, HOLD);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(
                        alpha <= 1,
                        "alpha",
                        alpha + " is more than the whole label, which would teach the wrong classes",
                        "use at most 1, such as 0.1, 0 or -0.05")
                .require(
                        alpha != Double.NEGATIVE_INFINITY,
                        "alpha",
                        "labels must be finite",
                        "use a value such as -0.05")
                .share("ramp", ramp)
                .share("hold", hold)
                .require(
                        !(ramp > hold),
                        "hold",
                        hold + " ends the ramp before it begins, at " + ramp,
                        "use at least ramp, or an earlier ramp")
                .all(shaped("ramp", ramp, RAMP))
                .all(shaped("hold", hold, HOLD))
                .list();
    }

    private List<Problem> shaped(String key, double share, double usual) {
        return new Problems()
                .require(
                        schedule == Course.FRACTION || share == usual,
                        key,
                        "does nothing, as only schedule: fraction has a ramp that can be moved",
                        "leave it out, or write schedule: fraction")
                .list();
    }
}
