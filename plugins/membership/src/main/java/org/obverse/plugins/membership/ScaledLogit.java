package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.tensor.Operators;

/**
 * How sure a model is of a sample's class, from logits in float64 and never by way of probabilities, which are 1 for most members of a
 * negatively smoothed model.
 */
final class ScaledLogit {
    private static final double FAR_BELOW = -1e9;

    private ScaledLogit() {}

    /**
     * {@code φ = log p_y − log(1 − p_y) = z_y − log Σ_{k≠y} exp z_k} (Carlini et al. 2022, section V).
     *
     * @param logits {@code [N, classes]} of at least two classes
     * @param labels int64 {@code [N]}
     * @return float64 {@code [N]}
     */
    static NDArray of(NDArray logits, NDArray labels, Operators operators) {
        NDArray precise = operators.cast(logits, DataType.FLOAT64);
        NDArray own = own(precise, labels);
        NDArray others = precise.add(own.mul(FAR_BELOW));
        NDArray largest = others.max(new int[] {1}, true);
        NDArray rest = others.sub(largest).exp().sum(new int[] {1}, true).log().add(largest);
        return precise.mul(own).sum(new int[] {1}).sub(rest.reshape(-1));
    }

    private static NDArray own(NDArray logits, NDArray labels) {
        return labels.oneHot(Math.toIntExact(logits.getShape().get(1))).toType(DataType.FLOAT64, false);
    }
}
