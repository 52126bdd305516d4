package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;
import org.obverse.inversion.RandomCrop;

/** How {@code robust-confidence} chooses. The defaults are those of the reference's FaceScrub_FFHQ attack. */
public record SelectionSettings(
        @Meaning("candidates kept per class, the most robust ones")
        int results,

        @Meaning("random views over which confidence is averaged")
        int iterations,

        @Meaning("side of the central square that is seen, in pixels of the generator; 0 keeps the whole image")
        int centerCrop,

        @Meaning("shorter side of the images from which the views are cut, in pixels; 0 is the target's input size")
        int resize,

        @Meaning("random part of the image that a view shows, the same for all candidates of a class")
        RandomCrop randomCrop,

        @Meaning("side of a view in pixels, at which the target sees it; 0 is the target's input size")
        int viewSize,

        @Meaning("how often a view is mirrored, in [0, 1]") double flipProbability,

        @Meaning(
                "what ranks the candidates: confidence, or margin, which goes on growing where a certain target's confidences are all 1")
        Criterion by)
        implements Checked, CenterCropped {
    public static final SelectionSettings DEFAULT =
            new SelectionSettings(50, 100, 0, 0, new RandomCrop(0.5, 0.9, 0.8, 1.2), 0, 0.5, Criterion.CONFIDENCE);

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "results", results)
                .atLeast(1, "iterations", iterations)
                .all(framing().check())
                .under("random-crop", randomCrop.check())
                .atLeast(0, "view-size", viewSize)
                .require(
                        flipProbability >= 0 && flipProbability <= 1,
                        "flip-probability",
                        flipProbability + " is no probability",
                        "use a number in [0, 1]")
                .list();
    }
}
