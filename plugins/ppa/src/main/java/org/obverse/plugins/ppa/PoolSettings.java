package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;

/** How {@code ranked-pool} chooses start points. The defaults are those of the reference's FaceScrub_FFHQ attack. */
public record PoolSettings(
        @Meaning("points drawn from the prior, the same for all classes")
        int pool,

        @Meaning("points kept per class, the most confident of the pool")
        int candidates,

        @Meaning("truncation: the share of a style vector's distance from the average that is kept; 1 keeps all")
        double truncationPsi,

        @Meaning("how many leading rows of style vectors are truncated; 0 truncates none")
        int truncationCutoff,

        @Meaning("clamped: images are cut to [-1, 1] before they are scored; free: they are not")
        Range range,

        @Meaning("side of the central square that is scored, in pixels of the generator; 0 keeps the whole image")
        int centerCrop,

        @Meaning("shorter side of the images that are scored, in pixels; 0 is the target's input size")
        int resize,

        @Meaning("image: scored as it is; image-and-mirror: confidence is averaged over both")
        Views views,

        @Meaning(
                "what ranks the points: confidence, or margin, which goes on growing where a certain target's confidences are all 1")
        Criterion by,

        @Meaning("images generated at once, at most the plan's batch")
        int batch)
        implements Checked, CenterCropped {
    public static final PoolSettings DEFAULT =
            new PoolSettings(2000, 200, 0.5, 8, Range.CLAMPED, 0, 0, Views.IMAGE_AND_MIRROR, Criterion.CONFIDENCE, 25);

    Framing framing() {
        return new Framing(centerCrop, resize);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "pool", pool)
                .atLeast(1, "candidates", candidates)
                .require(
                        candidates <= pool || pool < 1,
                        "candidates",
                        candidates + " candidates per class cannot be chosen from a pool of " + pool,
                        "use at most " + pool + ", or a larger pool")
                .require(
                        Double.isFinite(truncationPsi),
                        "truncation-psi",
                        truncationPsi + " is no share",
                        "use a number, such as 0.5")
                .atLeast(0, "truncation-cutoff", truncationCutoff)
                .all(framing().check())
                .atLeast(1, "batch", batch)
                .list();
    }
}
