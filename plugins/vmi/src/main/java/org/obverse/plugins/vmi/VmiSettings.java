package org.obverse.plugins.vmi;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What the last stage of {@code vmi} draws; the stages' own settings are overridden under {@code stages}. */
public record VmiSettings(
        @Meaning("points drawn from each class's distribution")
        int results) implements Checked {
    public static final VmiSettings DEFAULT = new VmiSettings(100);

    @Override
    public List<Problem> check() {
        return new Problems().atLeast(1, "results", results).list();
    }
}
