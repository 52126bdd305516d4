package org.obverse.plugins.toy2d;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.obverse.api.attack.Candidates.Curve;

/** Where one point has been, and what the target thought of it before each step. */
final class Route {
    static final String X = "x";
    static final String Y = "y";
    static final String CONFIDENCE = "confidence";

    private final double confidence;
    private final float[] x;
    private final float[] y;
    private final float[] confidences;
    private int steps;
    private boolean arrived;

    Route(Descent descent, float startX, float startY) {
        confidence = descent.confidence();
        x = new float[descent.steps() + 1];
        y = new float[descent.steps() + 1];
        confidences = new float[descent.steps()];
        x[0] = startX;
        y[0] = startY;
    }

    boolean moving() {
        return !arrived;
    }

    /** Notes a step, unless the point had arrived before it. */
    void step(float confidenceBefore, float toX, float toY) {
        if (arrived) {
            return;
        }
        confidences[steps] = confidenceBefore;
        steps++;
        x[steps] = toX;
        y[steps] = toY;
        arrived = confidenceBefore > confidence;
    }

    /** The confidence before the last step; NaN before the first. */
    double lastConfidence() {
        return steps == 0 ? Double.NaN : confidences[steps - 1];
    }

    static List<Curve> curves(List<Route> routes) {
        return List.of(
                curve(X, routes, route -> Arrays.copyOf(route.x, route.steps + 1)),
                curve(Y, routes, route -> Arrays.copyOf(route.y, route.steps + 1)),
                curve(CONFIDENCE, routes, route -> Arrays.copyOf(route.confidences, route.steps)));
    }

    private static Curve curve(String name, List<Route> routes, Function<Route, float[]> values) {
        return new Curve(name, routes.stream().map(values).toList());
    }
}
