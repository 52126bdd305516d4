package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.Framing;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Reduction;
import org.obverse.inversion.RandomCrop;
import org.obverse.inversion.StepDecay;
import org.obverse.inversion.StyleBox;

/** How {@code latent-adam} searches. The defaults are those of the reference's FaceScrub_FFHQ attack. */
public record DescentSettings(
        @Meaning("what is minimised: an identity loss, such as poincare or { use: cross-entropy, temperature: 5 }")
        Use loss,

        @Meaning("steps per candidate, all of which are taken")
        int steps,

        @Meaning("Adam's learning rate of the first step") double learningRate,

        @Meaning("numbers of steps after which the learning rate is multiplied by milestone-factor")
        List<Integer> milestones,

        @Meaning("what the learning rate is multiplied by at each milestone")
        double milestoneFactor,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2,

        @Meaning("added to the root of Adam's second moment, above 0")
        double epsilon,

        @Meaning("times the point is added to its gradient") double weightDecay,

        @Meaning("w: one style vector per candidate, used for all rows; w-plus: one per row")
        SearchSpace searchSpace,

        @Meaning("clamped: images are cut to [-1, 1] before the target sees them; free: they are not")
        Range range,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize,

        @Meaning("random part of the resized image that is seen in each step, resized back")
        RandomCrop randomCrop,

        @Meaning(
                "random parts of each candidate that are seen in each step; the loss is their mean, at so many questions")
        int views,

        @Meaning(
                "share of the steps, at their end, over which the points are averaged to the result, in [0, 1), or those of them that a spent budget lets it come to; 0 takes the last")
        double averageLast,

        @Meaning("where style vectors may be after a step; for losses that have no minimum of their own")
        StyleBox.Settings box,

        @Meaning(
                "weight of the discriminator's loss, mean softplus(-D(image)), beside the identity loss; 0 leaves it out")
        double discriminatorWeight,

        @Meaning(
                "keeps where the candidates are at the start and after every so many steps, for metrics of the way; 0 keeps nothing")
        int snapshots,

        @Meaning(
                "keeps how alike the gradients of consecutive steps are with respect to the image; changes no candidate")
        boolean gradientSimilarity)
        implements Checked, CenterCropped {
    public static final DescentSettings DEFAULT = new DescentSettings(
            Use.of("poincare"),
            50,
            0.005,
            List.of(),
            0.1,
            0.1,
            0.1,
            1e-8,
            0,
            SearchSpace.W,
            Range.FREE,
            0,
            0,
            new RandomCrop(0.9, 1, 1, 1),
            1,
            0,
            new StyleBox.Settings(0, 10_000, 1),
            0,
            0,
            false);

    public DescentSettings {
        milestones = List.copyOf(milestones);
    }

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    LatentDescent.Settings descent(Reduction reduction) {
        return new LatentDescent.Settings(
                steps,
                new StepDecay(learningRate, milestones, milestoneFactor),
                beta1,
                beta2,
                epsilon,
                weightDecay,
                reduction);
    }

    boolean judgesRealism() {
        return discriminatorWeight > 0;
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(
                        steps >= 1,
                        "steps",
                        steps + " is too small",
                        "use at least 1, or leave the stage out, so that what was sampled is what there is: attack.stages:"
                                + " { optimize: none }")
                .require(
                        positive(learningRate),
                        "learning-rate",
                        learningRate + " moves nothing",
                        "use a positive number")
                .require(
                        milestones.stream().allMatch(milestone -> milestone >= 1 && milestone < steps),
                        "milestones",
                        milestones + " are not all reached within " + steps + " steps",
                        "use numbers of steps from 1 to " + (steps - 1))
                .require(
                        positive(milestoneFactor),
                        "milestone-factor",
                        milestoneFactor + " is no factor",
                        "use 0.1, say")
                .require(isDecay(beta1), "beta1", beta1 + " is no decay", "use a number in [0, 1)")
                .require(isDecay(beta2), "beta2", beta2 + " is no decay", "use a number in [0, 1)")
                .require(positive(epsilon), "epsilon", epsilon + " cannot bound a step", "use a positive number")
                .require(
                        weightDecay == 0 || positive(weightDecay),
                        "weight-decay",
                        weightDecay + " is no penalty",
                        "use 0 or more")
                .all(framing().check())
                .under("random-crop", randomCrop.check())
                .atLeast(1, "views", views)
                .require(
                        views <= 1 || !randomCrop.isNone(),
                        "views",
                        views + " views of a candidate are all the same where nothing is cropped",
                        "use 1, or a random-crop")
                .decay("average-last", averageLast)
                .require(
                        averageLast == 0 || Math.round(averageLast * steps) > 1,
                        "average-last",
                        averageLast + " of " + steps + " steps is the last one",
                        "use a larger share, or 0")
                .under("box", box.check())
                .require(
                        discriminatorWeight == 0 || positive(discriminatorWeight),
                        "discriminator-weight",
                        discriminatorWeight + " is no weight",
                        "use 0 or more")
                .require(
                        snapshots >= 0 && snapshots <= steps,
                        "snapshots",
                        "a snapshot after every %d of %d steps".formatted(snapshots, steps),
                        "use 1 to " + steps + ", or 0 to keep none")
                .list();
    }

    private static boolean positive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }

    private static boolean isDecay(double value) {
        return value >= 0 && value < 1;
    }
}
