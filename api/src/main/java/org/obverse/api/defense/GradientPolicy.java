package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/** Changes gradients before the optimizer sees them. At most one per plan. */
public sealed interface GradientPolicy extends DefensePart {
    /** Changes the gradient of a batch as a whole. */
    non-sealed interface OfBatch extends GradientPolicy {
        /**
         * @param gradient of the batch's mean loss, one array per trained weight
         * @param random of the step
         * @return the gradient of the step
         */
        NDList change(NDList gradient, RandomStream random);
    }

    /**
     * Bounds what each sample contributes, as DP-SGD (Abadi et al. 2016) does. The engine then draws its batches by Poisson
     * sampling: each sample is in each with the same probability, the batch size of the recipe over the number of samples,
     * so that a batch may be larger, smaller or empty. It refuses everything beside this policy that lets the samples of a
     * batch act on each other, and whatever chooses an epoch by private data.
     */
    non-sealed interface OfSamples extends GradientPolicy {
        /** The name of the figure for ε of (ε, δ) differential privacy; infinite where it says nothing. */
        String EPSILON = "epsilon";

        /** The name of the figure for δ. */
        String DELTA = "delta";

        /**
         * By what the gradient of each sample is multiplied before all are added up.
         *
         * @param norms float32 {@code [N]}: the 2-norm of each sample's gradient, over all trained weights together
         * @return float32 {@code [N]}; what belongs to a sample may depend on its norm alone
         */
        NDArray factors(NDArray norms);

        /**
         * @param sum of the gradients, each times its factor, one array per trained weight; zeros of an empty batch
         * @param expected how many samples a batch has in expectation
         * @param random of the step
         * @return the gradient of the step
         */
        NDList combine(NDList sum, double expected, RandomStream random);

        /**
         * What a training has come to, told beside its loss after each epoch.
         *
         * @param rate the probability that a sample is in a batch, in (0, 1]
         * @param steps taken so far
         * @return by name; empty if there is nothing to tell
         */
        Map<String, Double> figures(double rate, long steps);

        /**
         * Asked while the plan is checked.
         *
         * @param samples how many images the target is trained on
         * @return what is against it, with keys of the defense
         */
        default List<Problem> check(int samples) {
            return List.of();
        }
    }
}
