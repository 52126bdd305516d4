package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The scalar keys of the section {@code membership}. */
public record MembershipKeys(
        @Meaning(
                "how many training images of the target are judged (members), and as many test images (others); drawn at random")
        int samples,

        @Meaning(
                "how many members, and as many others, the attacks know for what they are; none of them is judged or trains a reference model")
        int known,

        @Meaning("how many reference models are trained like the target; for attacks that have such models")
        int references,

        @Meaning("the share of the reference models that is trained on a sample, in (0, 1)")
        double trainingShare,

        @Meaning("the most images that an attack may ask the target about; 0 for no limit")
        long budget)
        implements Checked {
    static final MembershipKeys DEFAULT = new MembershipKeys(500, 100, 16, 0.5, 0);

    /** How many of the reference models are trained on each sample. */
    public int trainedOn() {
        return (int) Math.round(references * trainingShare);
    }

    @Override
    public List<Problem> check() {
        Problems problems = new Problems()
                .atLeast(2, "samples", samples)
                .atLeast(2, "known", known)
                .atLeast(2, "references", references)
                .require(
                        trainingShare > 0 && trainingShare < 1,
                        "training-share",
                        trainingShare + " is no share that leaves models on either side",
                        "use a number above 0 and below 1, such as 0.5")
                .require(
                        budget >= 0, "budget", budget + " is no number of images", "use at least 1, or 0 for no limit");
        if (references >= 2 && trainingShare > 0 && trainingShare < 1) {
            problems.require(
                    trainedOn() >= 1 && trainedOn() < references,
                    "training-share",
                    "of %d reference models, %d would be trained on each sample, and attacks compare those that were with those that were not"
                            .formatted(references, trainedOn()),
                    "use a share nearer to 0.5, or more reference models");
        }
        return problems.list();
    }
}
