package org.obverse.cli.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far one figure of one setting lies from that of the baseline: the mean over seeds and identities, of a crossed design.
 * Every identity is attacked under every seed, and keeps what is particular to it.
 *
 * @param arms what is added up, each with seeds of its own; all have the same identities, at least two
 */
public record Contrast(List<double[][]> arms) {
    public Contrast {
        arms = List.copyOf(arms);
    }

    /**
     * Of two settings.
     *
     * @param baseline {@code [seeds][identities]}
     * @param other likewise, with the same identities in the same order
     * @param pairing whether row {@code i} of both was made with one seed
     */
    public static Contrast of(double[][] baseline, double[][] other, Pairing pairing) {
        double[][] negative = Arrays.stream(baseline)
                .map(row -> Arrays.stream(row).map(value -> -value).toArray())
                .toArray(double[][]::new);
        if (baseline.length == 1 || other.length == 1) {
            return new Contrast(
                    List.<double[][]>of(new double[][] {sum(meanOverSeeds(other), meanOverSeeds(negative))}));
        }
        if (pairing == Pairing.OWN_SEEDS) {
            return new Contrast(List.of(other, negative));
        }
        double[][] differences = new double[other.length][];
        for (int s = 0; s < other.length; s++) {
            differences[s] = sum(other[s], negative[s]);
        }
        return new Contrast(List.<double[][]>of(differences));
    }

    /** How the seeds of two settings belong together. */
    public enum Pairing {
        SAME_SEEDS,
        OWN_SEEDS
    }

    /**
     * How sure the mean is.
     *
     * @param parts variances of the mean: that of the identities, then one per arm with several seeds
     * @param drawn the standard deviation that drawing again with replacement has, which is smaller than the error
     */
    public record Precision(List<Part> parts, double drawn) {
        public Precision {
            parts = List.copyOf(parts);
        }

        /** Standard error, without the bias of small samples. */
        double error() {
            return Math.sqrt(parts.stream().mapToDouble(Part::variance).sum());
        }

        /**
         * How many errors chance takes the mean away with this probability on one side: each variance has Student's quantile of
         * its own (Cochran, "Approximate Significance Levels of the Behrens-Fisher Test", Biometrics 20, 1964).
         */
        double errors(double probability) {
            double squares = 0;
            for (Part part : parts) {
                double t = new Student(part.freedom()).upper(probability);
                squares += t * t * part.variance();
            }
            return Math.sqrt(squares) / error();
        }
    }

    /** A variance and its degrees of freedom. */
    public record Part(double variance, int freedom) {}

    public int identities() {
        return arms.get(0)[0].length;
    }

    /** Whether the seeds vary on both sides, so that something can be said of others. */
    public boolean isOverSeeds() {
        return arms.get(0).length > 1;
    }

    public double mean() {
        return mean(effects());
    }

    /** The differences of the identities, each a mean over the seeds. */
    public double[] effects() {
        double[] effects = new double[identities()];
        arms.forEach(arm -> {
            double[] means = meanOverSeeds(arm);
            for (int c = 0; c < effects.length; c++) {
                effects[c] += means[c];
            }
        });
        return effects;
    }

    /**
     * By the analysis of variance of a crossed design with random seeds and identities (Searle, Casella and McCulloch, Variance
     * Components, 1992, section 4.4): the variances of the means over either contain that of their interaction, which is counted
     * once. A variance of the seeds below zero counts as zero.
     *
     * <p>What drawing again has (Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1, 2007) counts the interaction
     * three times and is too small by {@code (n − 1)/n} at each level.
     */
    public Precision precision() {
        int c = identities();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(squares(effects()) / (c - 1.0) / c, c - 1));
        double drawn = squares(effects()) / c / c;
        for (double[][] arm : arms) {
            int s = arm.length;
            if (s > 1) {
                double between = squares(meanOverIdentities(arm));
                double rest = interaction(arm);
                double ofSeeds = between / (s - 1.0) / s - rest / ((s - 1.0) * (c - 1.0)) / (s * (double) c);
                parts.add(new Part(Math.max(0, ofSeeds), s - 1));
                drawn += between / s / s + rest / ((double) s * s * c * c);
            }
        }
        return new Precision(parts, Math.sqrt(drawn));
    }

    /** The sum of squares of what neither the seed nor the identity explains. */
    private static double interaction(double[][] arm) {
        double[] rows = meanOverIdentities(arm);
        double[] columns = meanOverSeeds(arm);
        double whole = mean(rows);
        double sum = 0;
        for (int s = 0; s < arm.length; s++) {
            for (int c = 0; c < columns.length; c++) {
                double rest = arm[s][c] - rows[s] - columns[c] + whole;
                sum += rest * rest;
            }
        }
        return sum;
    }

    private static double squares(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }

    private static double[] meanOverIdentities(double[][] arm) {
        return Arrays.stream(arm).mapToDouble(Contrast::mean).toArray();
    }

    private static double[] meanOverSeeds(double[][] arm) {
        double[] means = new double[arm[0].length];
        for (double[] row : arm) {
            for (int c = 0; c < means.length; c++) {
                means[c] += row[c] / arm.length;
            }
        }
        return means;
    }

    /** Of all values of one side. */
    public static double mean(double[][] values) {
        return mean(meanOverIdentities(values));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int c = 0; c < a.length; c++) {
            sum[c] = a[c] + b[c];
        }
        return sum;
    }
}
