package org.obverse.plugins.stopping;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How {@code early-stopping} decides. */
public record EarlyStopping(
        @Meaning("share of the training samples that is held out for validation, in (0, 1)")
        double validation,

        @Meaning("epochs without a better validation accuracy after which training stops, at least 1")
        int patience)
        implements Checked {
    static final EarlyStopping DEFAULT = new EarlyStopping(0.1, 10);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(validation > 0 && validation < 1)) {
            problems.add(new Problem(
                    "validation", validation + " is not a share of the training samples", "use a value in (0, 1)"));
        }
        if (patience < 1) {
            problems.add(new Problem("patience", patience + " is not a number of epochs", "use at least 1"));
        }
        return problems;
    }
}
