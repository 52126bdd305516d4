package org.obverse.plugins.ppa;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Which file {@code stored-points} reads. */
public record StoredPointsSettings(
        @Meaning(
                "safetensors file, relative to the plan, whose tensor 'points', or 'variable.points' as in one unit's artifact of a run,"
                        + " [classes * candidates, rows or 1, style size] holds the candidates of the first requested class, then"
                        + " of the second, and so on")
        @InputFile
        String file,

        @Meaning("points per class in the file") int candidates)
        implements Checked {
    public static final StoredPointsSettings DEFAULT = new StoredPointsSettings("points.safetensors", 200);

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(!file.isBlank(), "file", "no file is named", "name a safetensors file")
                .atLeast(1, "candidates", candidates)
                .list();
    }
}
