package org.obverse.plugins.lowrank;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How narrow the head is. */
public record LowRankHead(
        @Meaning(
                "numbers between the two layers of the head: at most as many as features and classes, or it narrows nothing")
        int rank,

        @Meaning("what happens to these numbers: tanh, or none, which makes the head linear")
        Squashing activation)
        implements Checked {
    static final String NAME = "low-rank-head";

    /** Narrow for the benchmark's 30 to 50 people. */
    public static final LowRankHead DEFAULT = new LowRankHead(8, Squashing.TANH);

    @Override
    public List<Problem> check() {
        return new Problems().atLeast(1, "rank", rank).list();
    }
}
