package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.StageContext;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * What the penultimate activations of public images are like, in float64.
 *
 * @param mean {@code [1, features]}
 * @param norms their Euclidean lengths, ascending
 */
record Features(NDArray mean, List<Double> norms) {
    /**
     * @param count of public images
     */
    static Features measure(int count, WhiteBox model, StageContext context) {
        double[] norms = new double[count];
        double[][] sum = new double[1][];
        int[] seen = new int[1];
        PublicSample.show(count, model, context, said -> {
            NDArray features = said.tap(Tap.PENULTIMATE).toType(DataType.FLOAT64, false);
            double[] lengths = features.square().sum(new int[] {1}).sqrt().toDoubleArray();
            System.arraycopy(lengths, 0, norms, seen[0], lengths.length);
            seen[0] += lengths.length;
            double[] more = features.sum(new int[] {0}).toDoubleArray();
            sum[0] = sum[0] == null ? more : added(sum[0], more);
        });
        Arrays.sort(norms);
        double[] mean = Arrays.stream(sum[0]).map(total -> total / count).toArray();
        return new Features(
                context.manager().create(mean, new Shape(1, mean.length)),
                Arrays.stream(norms).boxed().toList());
    }

    private static double[] added(double[] one, double... other) {
        double[] both = one.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] += other[i];
        }
        return both;
    }

    /**
     * The length that 90 % of the images do not exceed.
     *
     * @throws InvalidConfigurationException if it is 0 or no number
     */
    double usualNorm() {
        double norm = norms.get(Math.max(1, (int) Math.ceil(0.9 * norms.size())) - 1);
        if (!(norm > 0) || !Double.isFinite(norm)) {
            throw new InvalidConfigurationException(new Problem(
                    "loss",
                    "the target's features of public images have the length " + norm,
                    "use a loss that does not look at features"));
        }
        return norm;
    }
}
