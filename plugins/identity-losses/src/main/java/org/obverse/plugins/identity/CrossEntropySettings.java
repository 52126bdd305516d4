package org.obverse.plugins.identity;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How {@code cross-entropy} reads logits. */
public record CrossEntropySettings(
        @Meaning("what logits are divided by, above 0; 1 is the plain cross-entropy")
        double temperature) implements Checked {
    static final CrossEntropySettings DEFAULT = new CrossEntropySettings(1);

    @Override
    public List<Problem> check() {
        return new Problems().positive("temperature", temperature).list();
    }
}
