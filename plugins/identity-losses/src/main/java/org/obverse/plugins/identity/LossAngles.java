package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;

/**
 * How the gradients of the Poincaré loss, the cross-entropy and the margin lie to one another, and how stable each is: cosines between
 * them at the same points, and between one and itself after a step along it. The gradients are with respect to whatever is moved.
 */
final class LossAngles {
    private static final List<LogitLoss> LOSSES =
            List.of(LogitLoss.POINCARE, LogitLoss.CROSS_ENTROPY, LogitLoss.MAX_MARGIN);
    private static final List<String> NAMES = List.of("poincare", "cross-entropy", "margin");
    /** Below this share of the margin's gradient, which a margin of 18.4 reaches, Adam's usual epsilon outweighs it for gradients of 1. */
    private static final double VANISHED = 1e-8;

    private final Resources resources;
    private final Classifier model;
    private final Pass pass;
    private final double step;
    private final String of;
    private final Map<String, List<Double>> found = new LinkedHashMap<>();

    /**
     * @param step how far the points are moved to see whether a gradient stays, in their Euclidean length
     * @param of with respect to what, for the figures' names
     */
    LossAngles(Resources resources, Classifier model, Pass pass, double step, String of) {
        this.resources = resources;
        this.model = model;
        this.pass = pass;
        this.step = step;
        this.of = of;
    }

    /**
     * @param points {@code [N, ...]}
     * @param targets int64 {@code [N]}
     * @param view what the model is shown of points, before a step and after it
     */
    void look(NDArray points, NDArray targets, UnaryOperator<NDArray> view) {
        try (NDList slopes = new NDList()) {
            LOSSES.forEach(loss -> slopes.add(slope(loss, points, targets, view)));
            for (int i = 0; i < LOSSES.size(); i++) {
                for (int j = i + 1; j < LOSSES.size(); j++) {
                    note(NAMES.get(i) + " and " + NAMES.get(j), cosines(slopes.get(i), slopes.get(j)));
                }
                NDArray moved = points.sub(
                        direction(slopes.get(i)).reshape(points.getShape()).mul(step));
                try (NDArray then = slope(LOSSES.get(i), moved, targets, view)) {
                    note(NAMES.get(i) + " after a step", cosines(slopes.get(i), then));
                }
            }
            double[] ofEntropy = lengths(slopes.get(1)).toDoubleArray();
            double[] ofMargin = lengths(slopes.get(2)).toDoubleArray();
            double[] vanished = new double[ofMargin.length];
            for (int i = 0; i < vanished.length; i++) {
                boolean known = Double.isFinite(ofEntropy[i]) && Double.isFinite(ofMargin[i]);
                vanished[i] = !known || ofMargin[i] == 0 ? Double.NaN : ofEntropy[i] < VANISHED * ofMargin[i] ? 1 : 0;
            }
            note("vanished cross-entropy", vanished);
        }
    }

    private void note(String name, double... values) {
        List<Double> all = found.computeIfAbsent(name, key -> new ArrayList<>());
        Arrays.stream(values).forEach(all::add);
    }

    /** Float64 {@code [N, size of a point]}, to be closed; the graph is released before it is returned. */
    private NDArray slope(LogitLoss loss, NDArray points, NDArray targets, UnaryOperator<NDArray> view) {
        Gradients gradients = resources.gradients();
        try (NDScope scope = new NDScope();
                Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(points);
            NDArray logits = model.forward(view.apply(variable), pass).logits();
            NDArray losses = loss.perSample(
                    resources.operators().cast(logits, DataType.FLOAT64), targets, resources.operators());
            NDArray slope = gradients
                    .of(losses.sum(), new NDList(variable))
                    .head()
                    .toType(DataType.FLOAT64, false)
                    .reshape(points.getShape().get(0), -1);
            NDScope.unregister(slope);
            return slope;
        }
    }

    private static NDArray lengths(NDArray rows) {
        return rows.square().sum(new int[] {1}).sqrt();
    }

    private static NDArray direction(NDArray rows) {
        return rows.div(lengths(rows).reshape(-1, 1)).toType(DataType.FLOAT32, false);
    }

    /** Of each row; no number where a gradient is 0. */
    private static double[] cosines(NDArray one, NDArray other) {
        return one.mul(other)
                .sum(new int[] {1})
                .div(lengths(one).mul(lengths(other)))
                .toDoubleArray();
    }

    /**
     * Medians of cosines over the points at which both gradients are there, none where that is no point, and the share of points at which
     * the cross-entropy has no gradient left.
     *
     * @throws MetricFailedException if the margin has no gradient at any point
     */
    List<Figure> figures() throws MetricFailedException {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, List<Double>> entry : found.entrySet()) {
            boolean share = entry.getKey().startsWith("vanished");
            if (!share && entry.getValue().stream().noneMatch(Double::isFinite)) {
                continue;
            }
            String name = entry.getKey() + " (" + of + ")";
            figures.add(new Figure(
                    name,
                    share ? mean(name, entry.getValue()) : median(name, entry.getValue()),
                    Better.NEITHER,
                    share ? "share" : "cosine"));
        }
        return figures;
    }

    private static double mean(String name, List<Double> values) throws MetricFailedException {
        return defined(name, values).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /**
     * @throws MetricFailedException if there is no finite value
     */
    static double median(String name, List<Double> values) throws MetricFailedException {
        double[] sorted = defined(name, values).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static List<Double> defined(String name, List<Double> values) throws MetricFailedException {
        List<Double> defined = values.stream().filter(Double::isFinite).toList();
        if (defined.isEmpty()) {
            throw new MetricFailedException(
                    name
                            + ": there is no point at which it is a finite number; look at the target's logits, which may be infinite, or not depend on the images");
        }
        return defined;
    }
}
