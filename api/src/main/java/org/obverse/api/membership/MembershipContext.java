package org.obverse.api.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;

/**
 * What a membership attack is given. Used on the thread that called it, until it returns. The engine has opened a scope for the unit;
 * an attack opens one of its own per batch. Nothing is being recorded when it starts.
 */
public interface MembershipContext extends TrainingContext {
    /**
     * The target behind its output filters, at exactly the access that the component declares. What it is asked is counted.
     *
     * @throws IllegalArgumentException if the component declared another one
     */
    <O extends LabelOracle> O target(Class<O> access);

    /** The samples to be scored, with the labels of the data, half of them members, in an order that says nothing of who they are. */
    Images samples();

    /** Members that the attacker knows; none of {@link #samples}. */
    Images knownMembers();

    /** As many samples of which the attacker knows that the target was not trained on them; none of {@link #samples}. */
    Images knownOthers();

    /**
     * The attacker's own models, at least two. Each sample is in the training of one at least, and not in that of another.
     *
     * @throws IllegalArgumentException if the component did not declare {@code Reading.REFERENCES}
     */
    List<ReferenceModel> references();

    /**
     * Samples as the target's training would have shown them: augmented, transformed and with their labels encoded, all drawn anew; of a
     * target that learned from a teacher with what the teacher says of the changed images in place of the labels.
     *
     * @param images {@code [N, ...input]} in [-1, 1]
     * @param labels int64 {@code [N]}
     * @return images and targets {@code [N, classes]}
     * @throws IllegalArgumentException if the component did not declare {@code Reading.TRAINING}
     */
    DataTransform.Batch asTrained(NDArray images, NDArray labels, RandomStream random);

    /** For arrays that live until the attack's result was stored. */
    NDManager manager();

    /** The plan's batch size: no pass should take more images at once. */
    int batch();
}
