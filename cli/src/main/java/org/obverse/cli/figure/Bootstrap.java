package org.obverse.cli.figure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.random.CounterStream;

/**
 * Draws identities again with replacement, and where there are several the seeds, too; an identity that is drawn is the same
 * one under every drawn seed. Images are never drawn: those of one identity are no independent evidence.
 *
 * <p>The draws are those of the stream of seed 0 at {@code compare/}, the same in every call: a comparison prints the same
 * whenever it is asked for, and two figures of the same identities are held against the same draws.
 */
public final class Bootstrap {
    private static final RandomStream STREAM = CounterStream.of(0, "compare/");

    private final int draws;
    private final Map<Integer, char[][]> identities = new HashMap<>();
    private final Map<List<Integer>, char[][]> seeds = new HashMap<>();

    public Bootstrap(int draws) {
        this.draws = draws;
    }

    public int draws() {
        return draws;
    }

    /** The mean under each draw, in ascending order. */
    double[] means(Contrast contrast) {
        double[] means = drawn(contrast);
        Arrays.sort(means);
        return means;
    }

    /**
     * The ratio of two means under each draw, in ascending order; NaN, at the end, where the second is not above 0.
     *
     * @param above of the same seeds and identities as {@code below}
     */
    double[] ratios(Contrast above, Contrast below) {
        double[] numerators = drawn(above);
        double[] denominators = drawn(below);
        double[] ratios = new double[draws];
        Arrays.setAll(ratios, b -> denominators[b] > 0 ? numerators[b] / denominators[b] : Double.NaN);
        Arrays.sort(ratios);
        return ratios;
    }

    private double[] drawn(Contrast contrast) {
        int count = contrast.identities();
        char[][] drawn = identities.computeIfAbsent(count, this::identities);
        char[][] drawnSeeds = contrast.isOverSeeds()
                ? seeds.computeIfAbsent(
                        contrast.arms().stream().map(arm -> arm.length).toList(), this::seeds)
                : new char[0][];
        double[] effects = contrast.effects();
        double[] means = new double[draws];
        for (int b = 0; b < draws; b++) {
            if (contrast.isOverSeeds()) {
                effects = effects(contrast, drawnSeeds[b]);
            }
            double sum = 0;
            for (char identity : drawn[b]) {
                sum += effects[identity];
            }
            means[b] = sum / count;
        }
        return means;
    }

    /**
     * A figure under each draw.
     *
     * @param count of identities
     * @param figure of identities, each named as often as it was drawn
     */
    double[] figures(int count, ToDoubleFunction<int[]> figure) {
        char[][] drawn = identities.computeIfAbsent(count, this::identities);
        double[] figures = new double[draws];
        for (int b = 0; b < draws; b++) {
            char[] draw = drawn[b];
            figures[b] = figure.applyAsDouble(
                    IntStream.range(0, count).map(i -> draw[i]).toArray());
        }
        return figures;
    }

    private char[][] identities(int count) {
        RandomStream stream = STREAM.child("identities", count);
        char[][] drawn = new char[draws][count];
        for (char[] draw : drawn) {
            for (int i = 0; i < count; i++) {
                draw[i] = (char) stream.below(count);
            }
        }
        return drawn;
    }

    /** Of each arm as many as it has, arm by arm. */
    private char[][] seeds(List<Integer> arms) {
        char[][] drawn =
                new char[draws][arms.stream().mapToInt(Integer::intValue).sum()];
        for (int b = 0; b < draws; b++) {
            RandomStream stream = STREAM.child("seeds", b);
            int next = 0;
            for (int count : arms) {
                for (int i = 0; i < count; i++) {
                    drawn[b][next++] = (char) stream.below(count);
                }
            }
        }
        return drawn;
    }

    /** Of the identities, as means over seeds that are drawn again, arm by arm. */
    private static double[] effects(Contrast contrast, char[] drawn) {
        double[] effects = new double[contrast.identities()];
        int next = 0;
        for (double[][] arm : contrast.arms()) {
            for (int i = 0; i < arm.length; i++) {
                double[] row = arm[drawn[next++]];
                for (int c = 0; c < effects.length; c++) {
                    effects[c] += row[c] / arm.length;
                }
            }
        }
        return effects;
    }
}
