package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** The scalar keys of one entry of {@code evaluation}. */
record EvaluationKeys(
        @Meaning("a safetensors file to load instead of training; empty trains")
        String weights,

        @Meaning("side of the centre crop of reconstructions before they are resized, in pixels; 0 crops nothing")
        int crop)
        implements Checked {
    static final EvaluationKeys DEFAULT = new EvaluationKeys("", 0);

    @Override
    public List<Problem> check() {
        return crop >= 0
                ? List.of()
                : List.of(new Problem("crop", crop + " is no size", "use a number of pixels, or 0 to crop nothing"));
    }
}
