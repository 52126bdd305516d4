package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

/**
 * The attack of the authors' notebook: {@code p ← p − η ∇(−log softmax(f(p))_y)}, without momentum, for every point by
 * itself. A point stops after the step whose forward pass, before the update, gave more than the wanted confidence.
 *
 * <p>Curves: {@code x} and {@code y}, of the start and of the point after each step; {@code confidence}, before each
 * step. The scores are the last confidences.
 */
record DescentOptimizer(Descent descent, Resources resources) implements Optimizer {
    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        LatentPoints from = points(start);
        NDArray points = resources.gradients().variable(from.points());
        LatentPoints moving = new LatentPoints(from.generator(), points);
        List<Route> routes = routes(points);
        try (ParameterOptimizer sgd = resources.training().sgd(new NDList(points), 0, 0)) {
            for (int step = 0; step < descent.steps() && routes.stream().anyMatch(Route::moving); step++) {
                context.checkpoint();
                double loss = step(moving, start.classes(), routes, sgd, context.target(WhiteBox.class));
                context.emit(candidates(moving, start.classes(), routes));
                context.progress(step + 1L, descent.steps(), Map.of("loss", loss));
            }
        }
        return candidates(new LatentPoints(from.generator(), points.duplicate()), start.classes(), routes);
    }

    /** One step of all points that still move; returns their mean loss before it. */
    private double step(
            LatentPoints moving, List<Integer> classes, List<Route> routes, ParameterOptimizer sgd, WhiteBox target) {
        NDArray points = moving.points();
        try (NDScope scope = new NDScope();
                Gradients.Recording recording = resources.gradients().recording()) {
            NDArray logits = target.forward(moving.generator().generate(points)).logits();
            NDArray labels = points.getManager().create(labels(classes, target.classes(), routes));
            NDArray losses = logits.logSoftmax(1).mul(labels).sum().neg();
            sgd.step(resources.gradients().of(losses, new NDList(points)), descent.learningRate());
            long count = routes.stream().filter(Route::moving).count();
            note(routes, classes, logits.softmax(1), points);
            return (double) losses.getFloat() / count;
        }
    }

    private static void note(List<Route> routes, List<Integer> classes, NDArray confidencesBefore, NDArray points) {
        int count = Math.toIntExact(confidencesBefore.getShape().get(1));
        float[] confidences = confidencesBefore.toFloatArray();
        float[] coordinates = points.toFloatArray();
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).step(confidences[i * count + classes.get(i)], coordinates[2 * i], coordinates[2 * i + 1]);
        }
    }

    /** One-hot labels {@code [N, classes]} in which points that have arrived have none, so that they stay. */
    private static float[][] labels(List<Integer> classes, int count, List<Route> routes) {
        float[][] labels = new float[routes.size()][count];
        for (int i = 0; i < labels.length; i++) {
            labels[i][classes.get(i)] = routes.get(i).moving() ? 1 : 0;
        }
        return labels;
    }

    private List<Route> routes(NDArray points) {
        float[] starts = points.toFloatArray();
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < starts.length; i += 2) {
            routes.add(new Route(descent, starts[i], starts[i + 1]));
        }
        return routes;
    }

    private static Candidates candidates(LatentPoints points, List<Integer> classes, List<Route> routes) {
        List<Double> scores = routes.stream().map(Route::lastConfidence).toList();
        return new Candidates(points, classes, scores, Route.curves(routes));
    }

    private static LatentPoints points(Candidates start) {
        if (start.representation() instanceof LatentPoints points && points.generator() instanceof PlaneGenerator) {
            return points;
        }
        throw new IllegalArgumentException("toy2d-descent moves points of the generator toy2d-plane, but was given '"
                + start.representation().form() + "': use it with that generator and a sampler of points");
    }
}
