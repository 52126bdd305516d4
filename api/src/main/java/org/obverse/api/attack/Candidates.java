package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.random.RandomStream;

/**
 * What passes from stage to stage: N candidates, the class that each is for, and what is known of them.
 *
 * @param representation of all N
 * @param classes the target class of each candidate; candidates of one class stand behind one another, classes in the
 *     order in which they were requested
 * @param scores the stage's own opinion of each candidate, larger is better; NaN where it has none
 * @param curves what happened over the steps, for reports
 * @param snapshots where the candidates were on the way, for metrics that declare that they read them; others, and later stages, are
 *     given none
 */
public record Candidates(
        Representation representation,
        List<Integer> classes,
        List<Double> scores,
        List<Curve> curves,
        List<Snapshot> snapshots) {
    public Candidates {
        classes = List.copyOf(classes);
        scores = List.copyOf(scores);
        curves = List.copyOf(curves);
        snapshots = List.copyOf(snapshots);
        if (representation.size() != classes.size() || classes.size() != scores.size()) {
            throw new IllegalArgumentException("%d candidates, %d classes and %d scores do not fit together"
                    .formatted(representation.size(), classes.size(), scores.size()));
        }
    }

    /** Without snapshots. */
    public Candidates(Representation representation, List<Integer> classes, List<Double> scores, List<Curve> curves) {
        this(representation, classes, scores, curves, List.of());
    }

    public int size() {
        return classes.size();
    }

    /** How many candidates of the same class stand before this one: its number within its class. */
    public int rank(int candidate) {
        int rank = 0;
        for (int i = 0; i < candidate; i++) {
            if (classes.get(i).equals(classes.get(candidate))) {
                rank++;
            }
        }
        return rank;
    }

    /** The rows of one class, in order. */
    public int[] of(int targetClass) {
        int[] rows = new int[size()];
        int count = 0;
        for (int i = 0; i < size(); i++) {
            if (classes.get(i) == targetClass) {
                rows[count++] = i;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** Some candidates, in the given order; curves and snapshots are cut to them. */
    public Candidates rows(int... rows) {
        return new Candidates(
                representation.rows(rows),
                Arrays.stream(rows).mapToObj(classes::get).toList(),
                Arrays.stream(rows).mapToObj(scores::get).toList(),
                curves.stream().map(curve -> curve.rows(rows)).toList(),
                snapshots.stream().map(snapshot -> snapshot.rows(rows)).toList());
    }

    /**
     * The stream that belongs to one candidate, whatever batch it is in.
     *
     * @param random the stage's stream
     */
    public RandomStream stream(RandomStream random, int candidate) {
        return random.child("class", classes.get(candidate)).child("candidate", rank(candidate));
    }

    /**
     * Images of some candidates.
     *
     * @param random the stage's stream; each candidate is drawn from its own {@link #stream}
     * @param rows in any order
     * @return {@code [rows.length * draws, ...image]}, the draws of one candidate behind one another
     */
    public NDArray draw(int draws, RandomStream random, int... rows) {
        return representation
                .rows(rows)
                .draw(
                        draws,
                        Arrays.stream(rows).mapToObj(row -> stream(random, row)).toList());
    }

    /**
     * Where all candidates were after some step.
     *
     * @param step how many steps had been taken; 0 is the start
     * @param representation of all N, of the same form as the candidates' own
     */
    public record Snapshot(int step, Representation representation) {
        Snapshot rows(int... rows) {
            return new Snapshot(step, representation.rows(rows));
        }
    }

    /**
     * A figure over the steps.
     *
     * @param name such as {@code loss} or {@code confidence}
     * @param values one row per candidate, one column per step; rows may differ in length
     */
    public record Curve(String name, List<float[]> values) {
        public Curve {
            values = List.copyOf(values);
        }

        Curve rows(int... rows) {
            return new Curve(name, Arrays.stream(rows).mapToObj(values::get).toList());
        }
    }
}
