package org.obverse.plugins.brep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.random.RandomStream;

/**
 * The way of one candidate away from the boundary of its class (Kahla et al. 2022). It asks
 * nothing itself: it is told what the target sees.
 */
final class Walk {
    private final SphereSettings settings;
    private final int target;
    private final RandomStream random;
    private final List<Float> radii = new ArrayList<>();
    private final List<Float> shares = new ArrayList<>();
    private float[] point;
    private float[] grown;
    private double radius;
    private double score = LabelRejection.MISS;
    private boolean started;
    private int iterations;
    private int atRadius;
    private double share;
    private double[][] units = {};
    private double[] direction = {};

    /**
     * @param random of this candidate alone
     */
    Walk(SphereSettings settings, int target, float[] start, RandomStream random) {
        this.settings = settings;
        this.target = target;
        this.point = start.clone();
        this.grown = point;
        this.radius = settings.radius();
        this.random = random;
    }

    /** What the target sees at the start. Without a start inside the class there is no boundary to flee. */
    void began(long label) {
        started = label == target;
        score = started ? 0 : LabelRejection.MISS;
    }

    boolean goesOn() {
        return started && iterations < settings.iterations() && atRadius < settings.iterationsPerRadius();
    }

    float[] start() {
        return point;
    }

    /** The points of this iteration's sphere around the current point, z + R u. */
    List<float[]> sphere() {
        units = units(random.child("iteration", iterations), settings.points(), point.length);
        List<float[]> sphere = new ArrayList<>();
        for (double[] unit : units) {
            sphere.add(moved(point, unit, radius));
        }
        return sphere;
    }

    /** What the target sees on that sphere: the radius grows, from this iteration's step on, if most of it is inside. */
    void saw(long[] labels) {
        boolean[] inside = new boolean[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            inside[i] = labels[i] == target;
            count += inside[i] ? 1 : 0;
        }
        share = (double) count / labels.length;
        direction = direction(units, inside, settings.estimate());
    }

    /** Whether the sphere points anywhere; where all of it is inside, repulsion does not. */
    boolean moves() {
        return Arrays.stream(direction).anyMatch(coordinate -> coordinate != 0);
    }

    /** Where the step leads: along the mean direction, by a share of the radius but not too far, within the bounds. */
    float[] proposal() {
        double length = Math.min(settings.step() * nextRadius(), settings.longestStep());
        return Decisions.clamped(moved(point, direction, length), settings.range());
    }

    /** Takes the step if the target still sees the class there. */
    void arrived(float[] proposal, long label) {
        boolean accepted = label == target;
        iterated(accepted ? proposal : point, accepted);
    }

    /** An iteration without a step. */
    void stayed() {
        iterated(point, true);
    }

    private boolean grows() {
        return share > settings.growthShare();
    }

    private double nextRadius() {
        return grows() ? radius * settings.growth() : radius;
    }

    /** Nothing of an iteration shows before its end: if its step cannot be asked about, it has not been. */
    private void iterated(float[] next, boolean accepted) {
        radii.add((float) radius);
        shares.add((float) share);
        if (grows()) {
            score = radius;
            grown = point;
            atRadius = 0;
        }
        radius = nextRadius();
        point = next;
        iterations++;
        if (accepted || settings.patience() == Patience.ALL) {
            atRadius++;
        }
    }

    /** The mean of Φ u over the sphere, not normalised. */
    static double[] direction(double[][] units, boolean[] inside, Estimate estimate) {
        double[] mean = new double[units[0].length];
        for (int i = 0; i < units.length; i++) {
            double sign = estimate.sign(inside[i]);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += sign * units[i][k] / units.length;
            }
        }
        return mean;
    }

    /** Uniform on the unit sphere: normalised Gaussians. */
    private static double[][] units(RandomStream random, int count, int dimensions) {
        double[][] units = new double[count][dimensions];
        for (double[] unit : units) {
            double squares = 0;
            for (int k = 0; k < dimensions; k++) {
                unit[k] = random.gaussian();
                squares += unit[k] * unit[k];
            }
            double norm = Math.sqrt(squares);
            for (int k = 0; k < dimensions; k++) {
                unit[k] /= norm;
            }
        }
        return units;
    }

    private static float[] moved(float[] from, double[] direction, double length) {
        float[] to = new float[from.length];
        for (int k = 0; k < to.length; k++) {
            to[k] = (float) (from[k] + length * direction[k]);
        }
        return to;
    }

    float[] result() {
        return settings.outcome() == Outcome.FINAL ? point : grown;
    }

    /** The largest radius that was outgrown; 0 if none was, −1 without a start. */
    double score() {
        return score;
    }

    int iterations() {
        return iterations;
    }

    double radius() {
        return radius;
    }

    float[] radii() {
        return values(radii);
    }

    float[] shares() {
        return values(shares);
    }

    private static float[] values(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }
}
