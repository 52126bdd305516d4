package org.obverse.plugins.controls;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.CosineRamp;
import org.obverse.inversion.LatentDescent;

/** How {@code projection} descends. */
public record ProjectionSettings(
        @Meaning(
                "descent in w, one vector for all rows, or in w-plus, a vector for each; a generator without styles has its z alone")
        Space space,

        @Meaning("Adam's steps, which begin at the average of w, or at z = 0")
        int steps,

        @Meaning("Adam's learning rate; it rises in the first twentieth of the steps and falls in the last quarter")
        double learningRate,

        @Meaning(
                "what images are compared by: at most one classifier, whose activations are held against each other, each pixel's channels"
                        + " divided by their length (LPIPS without learned weights); one without pretrained weights is random. With none"
                        + " pixels are compared")
        List<Use> features)
        implements Checked {
    public static final ProjectionSettings DEFAULT = new ProjectionSettings(Space.W, 300, 0.05, List.of());

    public ProjectionSettings {
        features = List.copyOf(features);
    }

    /** What the descent moves. */
    public enum Space {
        W,
        W_PLUS
    }

    LatentDescent.Settings descent() {
        return new LatentDescent.Settings(
                steps,
                new CosineRamp(learningRate, steps, 0.05, 0.25),
                0.9,
                0.999,
                1e-8,
                0,
                LatentDescent.Reduction.SUM);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "steps", steps)
                .require(
                        learningRate > 0 && Double.isFinite(learningRate),
                        "learning-rate",
                        learningRate + " is no rate",
                        "use a number above 0, such as 0.05")
                .require(
                        features.size() <= 1,
                        "features",
                        "images are compared by one network, not by " + features.size(),
                        "name one classifier")
                .list();
    }
}
