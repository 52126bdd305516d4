package org.obverse.plugins.augmentations;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How large the square is that {@code cutout} takes out. */
public record Cutout(
        @Meaning("side of the square, in pixels; 0 cuts nothing out")
        int side) implements Checked {
    static final String NAME = "cutout";

    /** DeVries and Taylor 2017, for CIFAR-10. */
    public static final Cutout DEFAULT = new Cutout(16);

    @Override
    public List<Problem> check() {
        return side >= 0
                ? List.of()
                : List.of(new Problem(
                        "side",
                        side + " is not a number of pixels",
                        "use 0 or more; half of a picture's side is usual"));
    }
}
