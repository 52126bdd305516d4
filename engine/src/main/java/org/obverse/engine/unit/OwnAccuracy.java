package org.obverse.engine.unit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import org.obverse.api.data.Images;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.engine.lend.UnitLoan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a finished target knows the images that it is said to be trained on: one that does not may count in another order. */
final class OwnAccuracy {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAccuracy.class);
    /** Enough to tell a target from one that guesses. */
    private static final int MOST = 1000;

    private static final int BATCH = 50;
    private static final double FAR_TOO_LOW = 0.5;

    private OwnAccuracy() {}

    /** Of up to 1,000 images that lie equally far apart: the share whose largest logit is that of the label. */
    static double of(Classifier target, Images images, UnitLoan loan) {
        int count = Math.min(MOST, images.size());
        int hits = 0;
        for (int from = 0; from < count; from += BATCH) {
            loan.checkpoint();
            int[] indices = new int[Math.min(BATCH, count - from)];
            int first = from;
            Arrays.setAll(indices, i -> (int) ((long) (first + i) * images.size() / count));
            try (NDScope scope = new NDScope()) {
                Pass pass = Pass.evaluation(loan.random().child("own-accuracy", from));
                NDArray logits = target.forward(images.read(loan.manager(), indices), pass)
                        .logits();
                long[] found = logits.argMax(1).toLongArray();
                for (int i = 0; i < indices.length; i++) {
                    hits += found[i] == images.label(indices[i]) ? 1 : 0;
                }
            }
        }
        double accuracy = (double) hits / count;
        if (accuracy < FAR_TOO_LOW) {
            LOG.warn(
                    "the target takes only {} % of its own training images for what they are",
                    Math.round(100 * accuracy));
        }
        return accuracy;
    }
}
