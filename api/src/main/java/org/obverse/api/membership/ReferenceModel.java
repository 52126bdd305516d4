package org.obverse.api.membership;

import org.obverse.api.oracle.LabelOracle;

/** A model of the attacker's own: made and trained like the target, with its defenses, on a known part of the samples. */
public interface ReferenceModel {
    /**
     * The model behind the target's own output filters. What it is asked is not counted.
     *
     * @throws IllegalArgumentException if the attack declared another access
     */
    <O extends LabelOracle> O oracle(Class<O> access);

    /**
     * Whether it was trained on one of {@link MembershipContext#samples}. It was on none of the samples whose membership is known. Where the
     * target holds images out of its training, the same ones are held out of the model's: none of them is a sample.
     */
    boolean isTrainedOn(int sample);
}
