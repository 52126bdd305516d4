package org.obverse.plugins.transfer;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Which tensors learn, and from when on. */
public record TransferLearning(
        @Meaning(
                "what the names of the tensors begin with that learn beside the head, such as layer4. of a ResNet; \"\" is all"
                        + " of them, which is ordinary fine-tuning")
        List<String> trained,

        @Meaning("what the names of the head's tensors begin with, which always learn")
        List<String> head,

        @Meaning("share of the epochs, the first ones, in which the head alone learns, such as 0.25; 0: none")
        double headEpochs)
        implements Checked {
    static final String NAME = "transfer-learning";

    /** The last stage of small-resnet, and its head. */
    public static final TransferLearning DEFAULT = new TransferLearning(List.of("layer3."), List.of("fc."), 0.25);

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(
                        !head.isEmpty(),
                        "head",
                        "a head that does not learn knows none of the classes",
                        "name what its tensors begin with, such as fc. or classifier.")
                .require(
                        headEpochs >= 0 && headEpochs < 1,
                        "head-epochs",
                        headEpochs + " of the epochs leave none for the other tensors",
                        "use a share in [0, 1), such as 0.25; to train the head alone, write trained: []")
                .list();
    }
}
