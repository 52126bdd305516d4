package org.obverse.plugins.augmentations;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How far {@code crop-with-padding} moves pictures. */
public record CropWithPadding(
        @Meaning("pixels that a picture is moved by at most, in each direction; 0 moves none")
        int padding) implements Checked {
    static final String NAME = "crop-with-padding";

    /** He et al. 2016, for pictures of 32 pixels. */
    public static final CropWithPadding DEFAULT = new CropWithPadding(4);

    @Override
    public List<Problem> check() {
        return padding >= 0
                ? List.of()
                : List.of(new Problem(
                        "padding", padding + " is not a number of pixels", "use 0 or more; 4 of 32 pixels is usual"));
    }
}
