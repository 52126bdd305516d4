package org.obverse.plugins.toy2d;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** Where {@code toy2d-start} starts. */
public record StartPoint(
        @Meaning("first coordinate of the start, in [-15, 15]")
        double x,

        @Meaning("second coordinate of the start, in [-15, 15]")
        double y)
        implements Checked {
    /** The paper's start, beside class 0. */
    public static final StartPoint DEFAULT = new StartPoint(-3, -10);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        check("x", x, problems);
        check("y", y, problems);
        return problems;
    }

    private static void check(String key, double coordinate, List<Problem> problems) {
        if (!(Math.abs(coordinate) <= ConfidenceMap.LIMIT)) {
            problems.add(new Problem(key, coordinate + " is off the map", "use a value in [-15, 15]"));
        }
    }
}
