package org.obverse.plugins.rlb;

import java.util.Arrays;
import org.obverse.inversion.Certainty;

/** What one agent found so far, and how it went. */
final class Found {
    private final Mode mode;
    private final float[] rewards;
    private final float[] confidences;
    private float[] best;
    private Certainty certainty = Certainty.UNKNOWN;
    private int episodes;

    /**
     * @param start the result as long as nothing was tried
     */
    Found(SacSettings settings, float[] start) {
        this.mode = settings.mode();
        this.rewards = new float[settings.episodes()];
        this.confidences = new float[settings.episodes()];
        this.best = start;
    }

    float[] best() {
        return best;
    }

    Certainty certainty() {
        return certainty;
    }

    /** Of each episode's action. */
    float[] rewards() {
        return Arrays.copyOf(rewards, episodes);
    }

    /** Of the best point after each episode. */
    float[] confidences() {
        return Arrays.copyOf(confidences, episodes);
    }

    /** Ends an episode. */
    void ended(double reward, Tried explored, Tried tested) {
        switch (mode) {
            case CORRECTED -> {
                keepIfSurer(explored);
                keepIfSurer(tested);
            }
            case REFERENCE -> {
                if (!((float) tested.certainty().confidence() < (float) certainty.confidence())) {
                    keep(tested);
                }
            }
        }
        rewards[episodes] = (float) reward;
        confidences[episodes] = (float) certainty.confidence();
        episodes++;
    }

    private void keepIfSurer(Tried tried) {
        if (tried.certainty().compareTo(certainty) > 0) {
            keep(tried);
        }
    }

    private void keep(Tried tried) {
        best = tried.point();
        certainty = tried.certainty();
    }

    /** A point that the target was asked about. */
    static final class Tried {
        private final float[] point;
        private final Certainty certainty;

        /**
         * @param point z that the generator was given
         */
        Tried(float[] point, Certainty certainty) {
            this.point = point;
            this.certainty = certainty;
        }

        float[] point() {
            return point;
        }

        Certainty certainty() {
            return certainty;
        }
    }
}
