package org.obverse.plugins.ked;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What {@code ked-mi} says to its stages; their own settings are overridden under {@code stages}. */
public record KedSettings(
        @Meaning("images that are drawn in the end from each class's distribution")
        int results) implements Checked {
    public static final KedSettings DEFAULT = new KedSettings(5);

    @Override
    public List<Problem> check() {
        return new Problems().atLeast(1, "results", results).list();
    }
}
