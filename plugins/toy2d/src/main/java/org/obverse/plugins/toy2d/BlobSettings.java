package org.obverse.plugins.toy2d;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** The points of {@code toy2d-blobs}. */
public record BlobSettings(
        @Meaning("seed of NumPy's random numbers, 0 to 4294967295: other points around the same centres")
        long seed,

        @Meaning("points of the training part, and of the test part; at least 3")
        int points,

        @Meaning("standard deviation of both coordinates, in (0, 3]; the centres are at least 20 apart")
        double deviation)
        implements Checked {
    /** The paper's data, point for point. */
    public static final BlobSettings DEFAULT = new BlobSettings(17, 500, 1.6);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (seed < 0 || seed > 0xffffffffL) {
            problems.add(new Problem("seed", seed + " is no seed of NumPy's", "use 0 to 4294967295"));
        }
        if (points < 3) {
            problems.add(new Problem("points", points + " points leave a class empty", "use at least 3"));
        }
        if (!(deviation > 0 && deviation <= 3)) {
            problems.add(new Problem("deviation", deviation + " is out of range", "use a value in (0, 3]"));
        }
        return problems;
    }
}
