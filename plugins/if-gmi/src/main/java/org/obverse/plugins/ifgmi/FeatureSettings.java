package org.obverse.plugins.ifgmi;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.generator.Staged;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.Framing;
import org.obverse.inversion.RandomCrop;

/** How {@code feature-adam} searches. The defaults are those of the published FaceScrub attack on nine blocks. */
public record FeatureSettings(
        @Meaning("what is minimised: an identity loss, such as poincare")
        Use loss,

        @Meaning("steps at each block: the first entry searches w alone, each further one w and the features that enter"
                + " the next block")
        List<Integer> steps,

        @Meaning("Adam's learning rate") double learningRate,

        @Meaning("Adam's decay of the first moment, in [0, 1)")
        double beta1,

        @Meaning("Adam's decay of the second moment, in [0, 1)")
        double beta2,

        @Meaning("how far, in the sum of absolute differences, the features of each block after the first may go from"
                + " where they were at its beginning; 0 leaves them free, and so does an empty list")
        List<Double> radiusFeatures,

        @Meaning("the same of w at every block, the first included")
        List<Double> radiusW,

        @Meaning(
                "image that is kept: that after the last block, after the block of a number from 0 up, or by-target (for each"
                        + " candidate the one that the target recognises best through random crops and flips)")
        NameOrIndex layer,

        @Meaning("side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
        int centerCrop,

        @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
        int resize,

        @Meaning("random part of the resized image that is seen in each step, resized back")
        RandomCrop randomCrop)
        implements Checked, CenterCropped {
    public static final FeatureSettings DEFAULT = new FeatureSettings(
            Use.of("poincare"),
            List.of(50, 10, 10, 10, 10, 10, 10, 10),
            0.005,
            0.1,
            0.1,
            List.of(2000.0, 3000.0, 4000.0, 5000.0, 6000.0, 8000.0, 8000.0),
            List.of(),
            new NameOrIndex.Name(Layer.LAST_NAME),
            0,
            0,
            new RandomCrop(0.9, 1, 1, 1));

    public FeatureSettings {
        steps = List.copyOf(steps);
        radiusFeatures = List.copyOf(radiusFeatures);
        radiusW = List.copyOf(radiusW);
    }

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    Layer chosen() {
        return Layer.of(layer, steps.size());
    }

    /** Blocks that are searched: none behind the one that is kept. */
    int searched() {
        return chosen() instanceof Layer.After after ? after.block() + 1 : steps.size();
    }

    int totalSteps() {
        return steps.subList(0, searched()).stream().mapToInt(Integer::intValue).sum();
    }

    /** Of the features that enter a block; 0 if they are free. */
    double featureRadius(int block) {
        return radiusFeatures.isEmpty() ? 0 : radiusFeatures.get(block - 1);
    }

    /** Of w at a block; 0 if it is free. */
    double wRadius(int block) {
        return radiusW.isEmpty() ? 0 : radiusW.get(block);
    }

    @Override
    public List<Problem> check() {
        int searched = steps.size();
        return new Problems()
                .require(
                        searched > 0 && steps.stream().allMatch(count -> count >= 0),
                        "steps",
                        steps + " are no numbers of steps at blocks",
                        "use at least one, each 0 or more")
                .positive("learning-rate", learningRate)
                .decay("beta1", beta1)
                .decay("beta2", beta2)
                .all(radii("radius-features", radiusFeatures, searched - 1))
                .all(radii("radius-w", radiusW, searched))
                .all(Layer.check(layer, searched))
                .all(framing().check())
                .under("random-crop", randomCrop.check())
                .list();
    }

    private static List<Problem> radii(String key, List<Double> radii, int wanted) {
        return new Problems()
                .require(
                        radii.isEmpty() || radii.size() == wanted,
                        key,
                        radii.size() + " radii do not fit the blocks of steps",
                        "use " + wanted + ", or an empty list")
                .require(
                        radii.stream().allMatch(radius -> radius >= 0 && Double.isFinite(radius)),
                        key,
                        radii + " are not all radii",
                        "use numbers above 0, or 0 for none")
                .list();
    }

    /** What does not fit a generator. */
    List<Problem> fit(Staged generator) {
        Problems problems = new Problems()
                .all(framing().fit(generator.image()))
                .require(
                        steps.size() <= generator.blocks(),
                        "steps",
                        steps.size() + " blocks cannot be searched in a generator of " + generator.blocks(),
                        "use at most " + generator.blocks()
                                + " entries, one less to spare the input of the last block");
        for (int block = 0; block < radiusW.size(); block++) {
            int count = steps.get(block);
            double most = generator.styleSize() * Reach.of(count, learningRate, beta1, beta2);
            problems.require(
                    wRadius(block) < most || wRadius(block) == 0,
                    "radius-w." + block,
                    "a radius of %s never binds: %d steps move the %d coordinates of w by at most %.4g in sum"
                            .formatted(wRadius(block), count, generator.styleSize(), most),
                    "use a smaller one, or 0 to leave w free");
        }
        return problems.list();
    }
}
