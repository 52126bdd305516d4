package org.obverse.cli.view;

import java.util.ArrayList;
import java.util.List;

/** A curve that grows for as long as a run does, kept in few points: when there are too many, every other one goes. */
final class Trace {
    private static final int MOST = 200;

    private final List<double[]> points = new ArrayList<>();
    private double spacing;

    /** The next value; one at or before the last position begins the curve anew. */
    void add(double position, double value) {
        if (!points.isEmpty() && position <= last()[0]) {
            points.clear();
            spacing = 0;
        }
        if (points.size() > 1 && last()[0] - points.get(points.size() - 2)[0] < spacing) {
            points.remove(points.size() - 1);
        }
        points.add(new double[] {position, value});
        if (points.size() > MOST) {
            spacing = 2 * (last()[0] - points.get(0)[0]) / MOST;
            for (int i = points.size() - 2; i > 0; i -= 2) {
                points.remove(i);
            }
        }
    }

    private double[] last() {
        return points.get(points.size() - 1);
    }

    List<double[]> points() {
        return List.copyOf(points);
    }
}
