package org.obverse.api.metric;

import org.obverse.api.network.Tap;

/**
 * What the configuration of a metric implements if the metric compares activations of an evaluation model. A plan whose
 * model does not offer them is refused before the run.
 */
public interface FeatureBased extends Judged {
    /** The name of the activations in {@link org.obverse.api.network.Classifier#taps}. */
    default String tap() {
        return Tap.PENULTIMATE;
    }

    /** Features are no confidence. */
    @Override
    default Basis basis() {
        return Basis.RECOGNITION;
    }
}
