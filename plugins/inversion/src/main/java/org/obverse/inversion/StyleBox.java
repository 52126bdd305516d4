package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;

/**
 * Where the styles of a mapped generator usually are, as a box in the space P before the mapping network's last
 * nonlinearity (An et al., "Mirror", NDSS 2022): {@code mean ± reach · deviation} in each coordinate.
 *
 * <p>{@code w = √2 lrelu(p)} with slope 0.2, as StyleGAN2's mapping ends (StyleGAN's has no √2; a factor scales p, mean and
 * deviation alike, so no box in W changes with it). It is monotone, so that a point of W is clipped to the images of the
 * bounds.
 */
public final class StyleBox {
    private static final double SLOPE = 0.2;
    private static final double GAIN = Math.sqrt(2);

    private final double[] mean;
    private final double[] deviation;
    private final double reach;

    /**
     * @param mean of p, one per coordinate
     * @param deviation of p, over all draws and not corrected for their number
     * @param reach in deviations; infinite for no bounds
     */
    StyleBox(double[] mean, double[] deviation, double reach) {
        this.mean = mean;
        this.deviation = deviation;
        this.reach = reach;
    }

    /** How a box is found. The defaults are those of the published code. */
    public record Settings(
            @Meaning(
                    "half the side of the box that bounds a style, in standard deviations of each coordinate before the mapping"
                            + " network's last nonlinearity; 0: no bounds")
            double deviations,

            @Meaning("draws from the prior from which its middle and sides are taken; they ask the target nothing")
            int draws,

            @Meaning(
                    "truncation of these draws: the share of a style's distance from the average that is kept; 1 keeps all")
            double truncationPsi)
            implements Checked {
        public static final Settings DEFAULT = new Settings(1, 100_000, 0.7);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .notNegative("deviations", deviations)
                    .atLeast(2, "draws", draws)
                    .positive("truncation-psi", truncationPsi)
                    .list();
        }
    }

    /**
     * From draws of the prior, each of a stream of its own.
     *
     * @param random equal for all units of a stage, so that they share the box
     * @param batch draws that are mapped at once
     */
    public static StyleBox of(Mapped generator, Settings settings, RandomStream random, NDManager manager, int batch) {
        Truncation truncation = new Truncation(settings.truncationPsi(), generator.rows());
        double[] sum = new double[generator.styleSize()];
        double[] squares = new double[sum.length];
        for (int from = 0; from < settings.draws(); from += batch) {
            int count = Math.min(batch, settings.draws() - from);
            float[] z = new float[count * generator.latentSize()];
            for (int i = 0; i < count; i++) {
                float[] draw = random.child("draw", from + i).gaussians(generator.latentSize());
                System.arraycopy(draw, 0, z, i * draw.length, draw.length);
            }
            try (NDScope scope = new NDScope()) {
                NDArray w = generator.map(manager.create(z, new Shape(count, generator.latentSize())), truncation);
                float[] rows = w.get(new NDIndex(":,0")).toFloatArray();
                for (int i = 0; i < rows.length; i++) {
                    double p = toP(rows[i]);
                    sum[i % sum.length] += p;
                    squares[i % sum.length] += p * p;
                }
            }
        }
        return of(sum, squares, settings);
    }

    private static StyleBox of(double[] sum, double[] squares, Settings settings) {
        double[] deviation = new double[sum.length];
        double[] mean = new double[sum.length];
        for (int j = 0; j < sum.length; j++) {
            mean[j] = sum[j] / settings.draws();
            deviation[j] = Math.sqrt(Math.max(0, squares[j] / settings.draws() - mean[j] * mean[j]));
        }
        return new StyleBox(
                mean, deviation, settings.deviations() == 0 ? Double.POSITIVE_INFINITY : settings.deviations());
    }

    /** A coordinate of W, in P. */
    public static double toP(double w) {
        double x = w / GAIN;
        return x >= 0 ? x : x / SLOPE;
    }

    /** A coordinate of P, in W. */
    public static double toW(double p) {
        return GAIN * (p >= 0 ? p : SLOPE * p);
    }

    /** The middle of one coordinate of P. */
    public double mean(int coordinate) {
        return mean[coordinate];
    }

    /** The standard deviation of one coordinate of P over the prior. */
    public double deviation(int coordinate) {
        return deviation[coordinate];
    }

    /** The nearest value of one coordinate of P. */
    public double clip(int coordinate, double p) {
        return Math.max(low(coordinate), Math.min(high(coordinate), p));
    }

    /**
     * The nearest points of W.
     *
     * @param w {@code [..., styleSize]}; left as it is
     */
    public NDArray clip(NDArray w) {
        if (reach == Double.POSITIVE_INFINITY) {
            return w;
        }
        float[] low = new float[mean.length];
        float[] high = new float[mean.length];
        for (int j = 0; j < mean.length; j++) {
            low[j] = (float) toW(low(j));
            high[j] = (float) toW(high(j));
        }
        NDManager manager = w.getManager();
        return NDArrays.maximum(NDArrays.minimum(w, manager.create(high)), manager.create(low));
    }

    private double low(int coordinate) {
        return mean[coordinate] - side(coordinate);
    }

    private double high(int coordinate) {
        return mean[coordinate] + side(coordinate);
    }

    /** An infinite reach has no corner, also where the deviation is 0. */
    private double side(int coordinate) {
        return reach == Double.POSITIVE_INFINITY ? reach : reach * deviation[coordinate];
    }
}
