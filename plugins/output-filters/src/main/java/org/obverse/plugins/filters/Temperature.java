package org.obverse.plugins.filters;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How much {@code temperature} evens out. */
public record Temperature(
        @Meaning("what the logits are divided by, above 0; 1 changes nothing, more makes the model look less certain")
        double temperature)
        implements Checked {
    /** The lower one of Shokri et al. 2017, table III. */
    public static final Temperature DEFAULT = new Temperature(5);

    @Override
    public List<Problem> check() {
        return temperature > 0 && Double.isFinite(temperature)
                ? List.of()
                : List.of(new Problem(
                        "temperature",
                        "logits cannot be divided by " + temperature,
                        "use a positive number, such as 5; the defense 'label-only' hides all scores"));
    }
}
