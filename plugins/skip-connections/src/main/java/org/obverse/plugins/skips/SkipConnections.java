package org.obverse.plugins.skips;

import java.util.List;
import org.obverse.api.network.ShortcutScale;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Of which stage, by how much, and from when on. */
public record SkipConnections(
        @Meaning("stage whose blocks compute F(x) + k s(x) instead of F(x) + s(x), such as stage3; empty: the last one")
        String stage,

        @Meaning("k in the trained network, 0 to 1: 0 leaves the shortcuts out (RoLSS), 1 is the plain network")
        double factor,

        @Meaning("share of the training in which k is 1 before it becomes factor, such as 0.5 (TTS); 0: factor from the"
                + " start. An epoch is trained with one k, so the last one needs to begin later")
        double until,

        @Meaning(
                "a shortcut that changes channels or extent, as that of a stage's first block does: removed (or scaled as"
                        + " the others are) or kept (whole)")
        Projection projection)
        implements Checked {
    static final String NAME = "skip-connections";

    /** RoLSS: the last stage has none. */
    public static final SkipConnections DEFAULT = new SkipConnections("", 0, 0, Projection.REMOVED);

    @Override
    public List<Problem> check() {
        return new Problems()
                .share("factor", factor)
                .require(
                        until >= 0 && until < 1,
                        "until",
                        until + " of the training leaves none to train with the factor",
                        "use a share in [0, 1), such as 0.5")
                .list();
    }

    /** k(e). */
    ShortcutScale scale() {
        return factor == 0 && until == 0 ? ShortcutScale.NONE : progress -> progress < until ? 1 : factor;
    }
}
