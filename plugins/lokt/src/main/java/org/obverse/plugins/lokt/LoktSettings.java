package org.obverse.plugins.lokt;

import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Use;

/** What {@code lokt} says to its stages; their own settings are overridden under {@code stages}. */
public record LoktSettings(
        @Meaning("start points per class, each of which becomes a result")
        int restarts,

        @Meaning("architectures of the surrogates, all of which are taught and asked: classifiers")
        List<Use> surrogates)
        implements Checked {
    static final LoktSettings DEFAULT = new LoktSettings(5, TransferSettings.DEFAULT.surrogates());

    public LoktSettings {
        surrogates = List.copyOf(surrogates);
    }

    /** The names under which the preparer gives them. */
    List<String> networks() {
        return IntStream.range(0, surrogates.size())
                .mapToObj(KnowledgeTransfer::surrogate)
                .toList();
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(1, "restarts", restarts)
                .require(!surrogates.isEmpty(), "surrogates", "it names none", "name at least one classifier")
                .list();
    }
}
