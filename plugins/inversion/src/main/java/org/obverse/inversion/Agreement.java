package org.obverse.inversion;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.obverse.api.attack.Preparer.Figure;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;

/**
 * How often a surrogate gives an image the label that the target gave it, on images that it did not learn from. One that agrees on fewer than
 * three in ten is of no use (the level of the specification of LOMMA, section 2.5).
 *
 * @param share in [0, 1]
 */
public record Agreement(double share) {
    private static final double LEAST = 0.3;

    /**
     * @param images with rows, at least one of them, that the surrogate has not seen
     * @param labels of the target, by row
     */
    public static Agreement of(
            Classifier surrogate, Images images, int[] rows, IntUnaryOperator labels, StageContext context) {
        int agreed = 0;
        for (int from = 0; from < rows.length; from += context.batch()) {
            context.checkpoint();
            int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + context.batch()));
            try (NDScope scope = new NDScope()) {
                long[] said = surrogate
                        .forward(
                                images.read(context.manager(), some),
                                Pass.evaluation(context.random().child("agreement")))
                        .logits()
                        .argMax(1)
                        .toType(DataType.INT64, false)
                        .toLongArray();
                for (int i = 0; i < said.length; i++) {
                    agreed += said[i] == labels.applyAsInt(some[i]) ? 1 : 0;
                }
            }
        }
        return new Agreement(agreed / (double) rows.length);
    }

    /**
     * @param network its name, such as {@code surrogate-0}
     */
    public Figure figure(String network) {
        return new Figure("agreement of " + network, share, "fraction", LEAST);
    }
}
