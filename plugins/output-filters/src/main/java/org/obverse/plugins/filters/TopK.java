package org.obverse.plugins.filters;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How many classes {@code top-k} answers with. */
public record TopK(
        @Meaning("classes whose scores are told, at least 1; as many as there are, or more, tells all")
        int k) implements Checked {
    /** Shokri et al. 2017, table III. */
    public static final TopK DEFAULT = new TopK(3);

    @Override
    public List<Problem> check() {
        return k >= 1
                ? List.of()
                : List.of(new Problem(
                        "k",
                        "no class is left of the " + k + " likeliest",
                        "use at least 1, or the defense 'label-only'"));
    }
}
