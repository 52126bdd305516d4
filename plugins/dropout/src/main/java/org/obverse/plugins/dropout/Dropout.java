package org.obverse.plugins.dropout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** Where {@code dropout} acts, and how much. */
public record Dropout(
        @Meaning(
                "activations of the target that the network goes on from with parts set to 0, such as stage1 or penultimate")
        List<String> after,

        @Meaning("how often a part is set to 0 in training, in [0, 1); 0 never")
        double rate,

        @Meaning("what is set to 0 as one: element, or channel (all pixels of a channel)")
        Dropped kind)
        implements Checked {
    static final String NAME = "dropout";

    /** Srivastava et al. 2014, before the last layer. */
    public static final Dropout DEFAULT = new Dropout(List.of("penultimate"), 0.5, Dropped.ELEMENT);

    public Dropout {
        after = List.copyOf(after);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (after.isEmpty() || Set.copyOf(after).size() < after.size()) {
            problems.add(new Problem(
                    "after",
                    after + " does not name activations, each once",
                    "name at least one, such as [ penultimate ]"));
        }
        if (!(rate >= 0 && rate < 1)) {
            problems.add(new Problem(
                    "rate", "a rate of " + rate + " leaves nothing or is none", "use a value in [0, 1), such as 0.5"));
        }
        return problems;
    }
}
