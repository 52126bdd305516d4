package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    /** The points, whom each is for, and where each has been. */
    private record Walk(LatentPoints points, List<Integer> classes, List<Route> routes) {
        boolean goesOn() {
            return routes.stream().anyMatch(Route::moving);
        }

        Candidates candidates() {
            List<Double> scores = routes.stream().map(Route::lastConfidence).toList();
            return new Candidates(points, classes, scores, Route.curves(routes));
        }

        Walk detached() {
            return new Walk(new LatentPoints(points.generator(), points.points().duplicate()), classes, routes);
        }
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        WhiteBox target = context.target(WhiteBox.class);
        Walk walk = begin(start);
        context.onBudgetSpent(walk::candidates);
        try (ParameterOptimizer sgd =
                resources.training().sgd(new NDList(walk.points().points()), 0, 0)) {
            for (int step = 0; step < descent.steps() && walk.goesOn(); step++) {
                context.checkpoint();
                double loss = step(walk, sgd, target);
                context.progress(step + 1L, descent.steps(), Map.of("loss", loss));
            }
        }
        return walk.detached().candidates();
    }

    private Walk begin(Candidates start) {
        if (start.representation() instanceof LatentPoints from && from.generator() instanceof PlaneGenerator) {
            NDArray points = resources.gradients().variable(from.points());
            float[] coordinates = points.toFloatArray();
            List<Route> routes = IntStream.range(0, start.size())
                    .mapToObj(i -> new Route(descent, coordinates[2 * i], coordinates[2 * i + 1]))
                    .toList();
            return new Walk(new LatentPoints(from.generator(), points), start.classes(), routes);
        }
        throw new IllegalArgumentException("toy2d-descent moves points of the generator toy2d-plane, but was given '"
                + start.representation().form() + "': use it with that generator and a sampler of points");
    }

    /** One step of all points that still move; returns their mean loss before it. */
    private double step(Walk walk, ParameterOptimizer sgd, WhiteBox target) {
        NDArray points = walk.points().points();
        try (NDScope scope = new NDScope();
                Gradients.Recording recording = resources.gradients().recording()) {
            NDArray images = walk.points().generator().generate(points);
            NDArray logits = target.forward(images).logits();
            NDArray labels = points.getManager().create(labels(walk, target.classes()));
            NDArray losses = logits.logSoftmax(1).mul(labels).sum().neg();
            sgd.step(resources.gradients().of(losses, new NDList(points)), descent.learningRate());
            long moving = walk.routes().stream().filter(Route::moving).count();
            note(walk, logits.softmax(1));
            return (double) losses.getFloat() / moving;
        }
    }

    /** One-hot labels {@code [N, classes]} in which points that have arrived have none, so that they stay. */
    private static float[][] labels(Walk walk, int classes) {
        float[][] labels = new float[walk.routes().size()][classes];
        for (int i = 0; i < labels.length; i++) {
            labels[i][walk.classes().get(i)] = walk.routes().get(i).moving() ? 1 : 0;
        }
        return labels;
    }

    private static void note(Walk walk, NDArray confidencesBefore) {
        int classes = Math.toIntExact(confidencesBefore.getShape().get(1));
        float[] confidences = confidencesBefore.toFloatArray();
        float[] points = walk.points().points().toFloatArray();
        for (int i = 0; i < walk.routes().size(); i++) {
            float before = confidences[i * classes + walk.classes().get(i)];
            walk.routes().get(i).step(before, points[2 * i], points[2 * i + 1]);
        }
    }
}
