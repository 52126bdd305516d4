package org.obverse.plugins.plg;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What {@code plg-mi} says to its stages; their own settings are overridden under {@code stages}. */
public record PlgSettings(
        @Meaning("start points per class, each of which becomes a result")
        int restarts) implements Checked {
    public static final PlgSettings DEFAULT = new PlgSettings(5);

    @Override
    public List<Problem> check() {
        return new Problems().atLeast(1, "restarts", restarts).list();
    }
}
