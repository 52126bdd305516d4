package org.obverse.plugins.vmi;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What kind of distribution {@code prior-flows} begins with. The defaults are those published for a StyleGAN of 1024 pixels. */
public record FlowSettings(
        @Meaning("distributions per class, which differ in what is drawn for them")
        int candidates,

        @Meaning("steps of each flow; without any it is a Gaussian with a diagonal covariance")
        int depth,

        @Meaning("units in each of the two hidden layers of a step's network")
        int hidden,

        @Meaning(
                "rows of style vectors, from the first, each with a flow over z of its own; what is behind them is drawn from the"
                        + " prior. 0: one flow over z for the whole image, with any generator")
        int layers)
        implements Checked {
    public static final FlowSettings DEFAULT = new FlowSettings(1, 30, 100, 10);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .atLeast(0, "depth", depth)
                .atLeast(1, "hidden", hidden)
                .atLeast(0, "layers", layers)
                .list();
    }
}
