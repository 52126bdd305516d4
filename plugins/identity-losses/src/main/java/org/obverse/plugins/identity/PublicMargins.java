package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** How far the model's first logit lies above its second one on public images: the scale on which it speaks. */
final class PublicMargins {
    private final double[] ascending;

    private PublicMargins(double... margins) {
        this.ascending = margins.clone();
        Arrays.sort(ascending);
    }

    /**
     * @param count of public images
     */
    static PublicMargins measure(int count, WhiteBox model, StageContext context) {
        double[] margins = new double[count];
        int[] filled = new int[1];
        PublicSample.show(count, model, context, said -> {
            NDArray logits = said.logits().toType(DataType.FLOAT64, false);
            int classes = Math.toIntExact(logits.getShape().get(1));
            double[] all = logits.toDoubleArray();
            for (int from = 0; from < all.length; from += classes) {
                double[] row = Arrays.copyOfRange(all, from, from + classes);
                Arrays.sort(row);
                margins[filled[0]++] = row[classes - 1] - row[classes - 2];
            }
        });
        return new PublicMargins(margins);
    }

    /**
     * The smallest margin that at least such a share of the images does not exceed.
     *
     * @throws InvalidConfigurationException if it is no scale
     */
    double quantile(double share) {
        int rank = (int) Math.ceil(share * ascending.length);
        double margin = ascending[Math.min(ascending.length, Math.max(1, rank)) - 1];
        if (!(margin > 0) || !Double.isFinite(margin)) {
            throw new InvalidConfigurationException(new Problem(
                    "loss",
                    "the target's margin on public images is " + margin + ", which is no scale to measure by",
                    "use a loss that measures nothing, such as cross-entropy with a temperature"));
        }
        return margin;
    }
}
