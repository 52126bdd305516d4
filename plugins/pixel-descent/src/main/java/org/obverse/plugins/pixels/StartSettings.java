package org.obverse.plugins.pixels;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Where {@code plain-images} starts, and the keys of the attack {@code pixel-descent}, which hands them on. */
public record StartSettings(
        @Meaning("the image at which the descent starts: grey (all pixels 0) or noise (uniform on [-1, 1))")
        Start start,

        @Meaning("starts per class; more than one only of noise")
        int candidates)
        implements Checked {
    public static final StartSettings DEFAULT = new StartSettings(Start.NOISE, 5);

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "candidates", candidates)
                .require(
                        start != Start.GREY || candidates <= 1,
                        "candidates",
                        candidates + " descents from the same grey image would all find the same",
                        "use 1, or start: noise")
                .list();
    }
}
