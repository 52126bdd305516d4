package org.obverse.plugins.trapmid;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.tensor.Gradients;

/** How triggers are laid. */
public record TrapMid(
        @Meaning("α: the trigger's share of a poisoned image, in (0, 1); the smaller, the more natural it looks")
        double strength,

        @Meaning("β: the poisoned images' share of the loss, in [0, 1); 0 trains without the defense")
        double trapWeight,

        @Meaning("by how much a step changes each value of a trigger, where images are in [0, 1]")
        double triggerStep)
        implements Checked {
    static final String NAME = "trap-mid";

    /** As published by Liu and Chen 2024. */
    public static final TrapMid DEFAULT = new TrapMid(0.02, 0.2, 0.01);

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(
                        strength > 0 && strength < 1,
                        "strength",
                        strength == 0
                                ? "with 0.0 poisoned images are the private ones, under random labels"
                                : strength + " is no share of an image",
                        "use a value in (0, 1), such as 0.02; trap-weight: 0 trains without the defense")
                .require(
                        trapWeight >= 0 && trapWeight < 1,
                        "trap-weight",
                        trapWeight + " leaves the private images no share of the loss, or too large a one",
                        "use a value in [0, 1), such as 0.2")
                .positive("trigger-step", triggerStep)
                .list();
    }

    Defense defense(Gradients gradients) {
        return () -> List.of(new Traps(this, gradients));
    }
}
