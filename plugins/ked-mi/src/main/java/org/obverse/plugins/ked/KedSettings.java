package org.obverse.plugins.ked;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.gans.Limits;

/** What {@code ked-mi} says to its stages; their own settings are overridden under {@code stages}. */
public record KedSettings(
        @Meaning("height and width of the generator's images in pixels, a power of two from 32; that of the data")
        int resolution,

        @Meaning("images that are drawn in the end from each class's distribution")
        int results)
        implements Checked {
    public static final KedSettings DEFAULT = new KedSettings(64, 5);

    @Override
    public List<Problem> check() {
        return new Limits()
                .all(InversionGanSettings.DEFAULT.layout(resolution).check())
                .atLeast(1, "results", results)
                .problems();
    }
}
