package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Pass;
import org.obverse.toy2d.Plane;

/** The target's largest confidence on the authors' grid: 100 × 100 points that span [−15, 15]². */
final class ConfidenceMap {
    /** The coordinate at which the map ends, on all four sides. */
    static final double LIMIT = 15;

    private static final int CELLS = 99;

    private final float[] confidences;

    private ConfidenceMap(float[] confidences) {
        this.confidences = confidences;
    }

    /**
     * @throws MetricFailedException if an answer of the target is not finite
     */
    static ConfidenceMap of(Reconstructions evidence) throws MetricFailedException {
        float[] points = grid();
        float[] confidences = new float[points.length / 2];
        for (int from = 0; from < confidences.length; from += evidence.batch()) {
            evidence.checkpoint();
            int to = Math.min(confidences.length, from + evidence.batch());
            float[] batch = confidences(evidence, Arrays.copyOfRange(points, 2 * from, 2 * to));
            for (float confidence : batch) {
                if (!Float.isFinite(confidence)) {
                    throw new MetricFailedException(
                            "toy2d-route draws the target's confidence, which is not finite everywhere: look at its training");
                }
            }
            System.arraycopy(batch, 0, confidences, from, batch.length);
        }
        return new ConfidenceMap(confidences);
    }

    private static float[] confidences(Reconstructions evidence, float[] points) {
        try (NDScope scope = new NDScope();
                NDManager manager = evidence.manager().newSubManager()) {
            NDArray images = Plane.images(manager.create(points, new Shape(points.length / 2, 2)));
            Pass pass = Pass.evaluation(evidence.random().child("map"));
            NDArray logits = evidence.target().forward(images, pass).logits();
            return logits.softmax(1).max(new int[] {1}).toFloatArray();
        }
    }

    /** {@code [100 * 100, 2]}, x running fastest. */
    private static float[] grid() {
        float[] points = new float[2 * (CELLS + 1) * (CELLS + 1)];
        int next = 0;
        for (int row = 0; row <= CELLS; row++) {
            for (int column = 0; column <= CELLS; column++) {
                points[next++] = coordinate(column);
                points[next++] = coordinate(row);
            }
        }
        return points;
    }

    private static float coordinate(int cell) {
        return (float) (LIMIT * (2.0 * cell / CELLS - 1));
    }

    /** Interpolated between the grid's points; beyond the map, the value at its border. */
    double at(double x, double y) {
        double column = cells(x);
        double row = cells(y);
        int left = (int) Math.min(column, CELLS - 1);
        int below = (int) Math.min(row, CELLS - 1);
        double right = column - left;
        double above = row - below;
        return (1 - above) * ((1 - right) * value(left, below) + right * value(left + 1, below))
                + above * ((1 - right) * value(left, below + 1) + right * value(left + 1, below + 1));
    }

    private static double cells(double coordinate) {
        return Math.max(0, Math.min(CELLS, (coordinate / LIMIT + 1) / 2 * CELLS));
    }

    private double value(int column, int row) {
        return confidences[row * (CELLS + 1) + column];
    }
}
