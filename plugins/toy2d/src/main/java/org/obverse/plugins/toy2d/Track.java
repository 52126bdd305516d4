package org.obverse.plugins.toy2d;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.metric.MetricFailedException;

/**
 * A finished route, read back from the curves of {@code toy2d-descent}.
 *
 * @param positions the start, and where each step led
 * @param confidences before each step
 */
record Track(int targetClass, List<Position> positions, List<Float> confidences) {
    /** Coordinates in the plane. */
    record Position(double x, double y) {}

    static List<Track> of(Candidates candidates) throws MetricFailedException {
        Curve x = curve(candidates, Route.X);
        Curve y = curve(candidates, Route.Y);
        Curve confidence = curve(candidates, Route.CONFIDENCE);
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            List<Position> positions = new ArrayList<>();
            for (int step = 0; step < x.values().get(i).length; step++) {
                positions.add(new Position(x.values().get(i)[step], y.values().get(i)[step]));
            }
            List<Float> confidences = new ArrayList<>();
            for (float value : confidence.values().get(i)) {
                confidences.add(value);
            }
            tracks.add(new Track(candidates.classes().get(i), positions, confidences));
        }
        return tracks;
    }

    private static Curve curve(Candidates candidates, String name) throws MetricFailedException {
        return candidates.curves().stream()
                .filter(curve -> curve.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MetricFailedException("toy2d-route reads the curve '" + name
                        + "', which these candidates do not have: use the optimizer toy2d-descent"));
    }

    Position end() {
        return positions.get(positions.size() - 1);
    }

    /** The steps before the first point at which the target was more confident than the threshold; all if none was. */
    int steps(double threshold) {
        for (int step = 0; step < confidences.size(); step++) {
            if (confidences.get(step) > threshold) {
                return step;
            }
        }
        return confidences.size();
    }

    boolean reaches(double threshold) {
        return steps(threshold) < confidences.size();
    }

    /** From the end to the closest private point of the class, in units of the plane; infinite if it has none. */
    double distance(List<PrivatePoint> points) {
        return points.stream()
                .filter(point -> point.label() == targetClass)
                .mapToDouble(point -> Math.hypot(point.x() - end().x(), point.y() - end().y()))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
