package org.obverse.plugins.toy2d;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** What {@code toy2d-route} counts and draws. */
public record RouteSettings(
        @Meaning("steps are counted until the confidence exceeds this, in (0, 1): as a rule that of toy2d-descent")
        double confidence,

        @Meaning("width and height of the picture, in pixels, 100 to 2000")
        int size)
        implements Checked {
    /** Counts as {@link Descent#DEFAULT} stops. */
    public static final RouteSettings DEFAULT = new RouteSettings(Descent.DEFAULT.confidence(), 480);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(confidence > 0 && confidence < 1)) {
            problems.add(new Problem("confidence", confidence + " is out of range", "use a value in (0, 1)"));
        }
        if (size < 100 || size > 2000) {
            problems.add(new Problem("size", size + " is out of range", "use 100 to 2000 pixels"));
        }
        return problems;
    }
}
