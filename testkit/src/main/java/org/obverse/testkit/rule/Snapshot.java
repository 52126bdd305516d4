package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.obverse.api.attack.Candidates;

/**
 * Candidates as plain values, which outlive the arrays.
 *
 * @param variables of the representation, and of those that it had on the way, by name
 * @param curves by name, one row per candidate
 */
record Snapshot(
        String form,
        List<Integer> classes,
        List<Double> scores,
        Map<String, Values> variables,
        Map<String, List<float[]>> curves) {

    /** An array. */
    static final class Values {
        private final Shape shape;
        private final double[] values;

        private Values(Shape shape, double[] values) {
            this.shape = shape;
            this.values = values;
        }

        Shape shape() {
            return shape;
        }

        /** In row-major order. */
        double[] values() {
            return values;
        }

        static Values of(NDArray array) {
            NDArray wide = array.toType(DataType.FLOAT64, true);
            return new Values(array.getShape(), wide.toDoubleArray());
        }

        private int row() {
            return values.length / Math.toIntExact(Math.max(1, shape.get(0)));
        }
    }

    static Snapshot of(Candidates candidates) {
        Map<String, Values> variables = new LinkedHashMap<>();
        try (NDScope scope = new NDScope()) {
            for (NDArray variable : candidates.representation().variables()) {
                variables.put(String.valueOf(variable.getName()), Values.of(variable));
            }
            for (Candidates.Snapshot kept : candidates.snapshots()) {
                for (NDArray variable : kept.representation().variables()) {
                    variables.put("step " + kept.step() + " " + variable.getName(), Values.of(variable));
                }
            }
        }
        Map<String, List<float[]>> curves = new LinkedHashMap<>();
        candidates.curves().forEach(curve -> curves.put(curve.name(), curve.values()));
        return new Snapshot(
                candidates.representation().form(), candidates.classes(), candidates.scores(), variables, curves);
    }

    int size() {
        return classes.size();
    }

    /** The same candidates with their classes in another order. */
    Snapshot inOrder(List<Integer> order) {
        List<Integer> rows = new ArrayList<>();
        for (int wanted : order) {
            for (int i = 0; i < size(); i++) {
                if (classes.get(i) == wanted) {
                    rows.add(i);
                }
            }
        }
        return rows(rows);
    }

    private Snapshot rows(List<Integer> rows) {
        Map<String, Values> picked = new LinkedHashMap<>();
        variables.forEach((name, values) -> picked.put(name, pick(values, rows)));
        Map<String, List<float[]>> pickedCurves = new LinkedHashMap<>();
        curves.forEach((name, values) ->
                pickedCurves.put(name, rows.stream().map(values::get).toList()));
        return new Snapshot(
                form,
                rows.stream().map(classes::get).toList(),
                rows.stream().map(scores::get).toList(),
                picked,
                pickedCurves);
    }

    private static Values pick(Values values, List<Integer> rows) {
        int length = values.row();
        double[] picked = new double[rows.size() * length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(values.values(), rows.get(i) * length, picked, i * length, length);
        }
        long[] shape = values.shape().getShape().clone();
        shape[0] = rows.size();
        return new Values(new Shape(shape), picked);
    }

    /** Candidates of several calls behind one another. */
    static Snapshot joined(List<Snapshot> parts) {
        Snapshot whole = parts.get(0);
        for (Snapshot part : parts.subList(1, parts.size())) {
            whole = whole.and(part);
        }
        return whole;
    }

    private Snapshot and(Snapshot more) {
        Map<String, Values> both = new LinkedHashMap<>();
        variables.forEach((name, values) -> both.put(name, concat(values, more.variables.get(name))));
        Map<String, List<float[]>> bothCurves = new LinkedHashMap<>();
        curves.forEach((name, rows) -> bothCurves.put(name, concat(rows, more.curves.getOrDefault(name, List.of()))));
        return new Snapshot(form, concat(classes, more.classes), concat(scores, more.scores), both, bothCurves);
    }

    private static <E> List<E> concat(List<E> one, List<E> other) {
        List<E> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    private static Values concat(Values one, @Nullable Values other) {
        if (other == null) {
            return one;
        }
        double[] both = Arrays.copyOf(one.values(), one.values().length + other.values().length);
        System.arraycopy(other.values(), 0, both, one.values().length, other.values().length);
        long[] shape = one.shape().getShape().clone();
        shape[0] += other.shape().get(0);
        return new Values(new Shape(shape), both);
    }

    /**
     * The largest difference of two corresponding numbers, relative where they exceed 1; infinite if the two do not
     * correspond.
     */
    double difference(Snapshot other) {
        if (!form.equals(other.form)
                || !classes.equals(other.classes)
                || !variables.keySet().equals(other.variables.keySet())
                || !curves.keySet().equals(other.curves.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < size(); i++) {
            most = Math.max(most, gap(scores.get(i), other.scores.get(i)));
        }
        for (var entry : variables.entrySet()) {
            Values theirs = other.variables.get(entry.getKey());
            if (theirs == null || !theirs.shape().equals(entry.getValue().shape())) {
                return Double.POSITIVE_INFINITY;
            }
            most = Math.max(most, gap(entry.getValue().values(), theirs.values()));
        }
        for (var entry : curves.entrySet()) {
            most = Math.max(most, gap(entry.getValue(), other.curves.getOrDefault(entry.getKey(), List.of())));
        }
        return most;
    }

    private static double gap(List<float[]> one, List<float[]> other) {
        if (one.size() != other.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < one.size(); i++) {
            most = Math.max(most, gap(wide(one.get(i)), wide(other.get(i))));
        }
        return most;
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double gap(double[] one, double[] other) {
        if (one.length != other.length) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < one.length; i++) {
            most = Math.max(most, gap(one[i], other[i]));
        }
        return most;
    }

    private static double gap(double one, double other) {
        if (Double.compare(one, other) == 0) {
            return 0;
        }
        double gap = Math.abs(one - other) / Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
        return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
    }

    /** Whether all numbers are equal to the bit. */
    boolean sameBytes(Snapshot other) {
        return difference(other) == 0;
    }
}
