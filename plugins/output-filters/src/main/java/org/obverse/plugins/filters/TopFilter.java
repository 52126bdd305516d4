package org.obverse.plugins.filters;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.random.RandomStream;

/**
 * The scores of the k likeliest classes as they are (Shokri et al. 2017, arXiv 1610.05820, section VIII). Of the others a
 * deployed model says nothing; what an attacker knows of them is their sum, so each has an equal part of it. That is at
 * most the k-th score, hence labels stay the same. A class that ties with the k-th is told as well.
 */
record TopFilter(int k) implements OutputFilter {
    @Override
    public Access limit() {
        return Access.SCORES;
    }

    /** In logits z: told classes keep theirs, each of m others has {@code log Σ exp(z) - log m} over these others. */
    @Override
    public NDArray filter(NDArray logits, RandomStream noise) {
        if (k >= logits.getShape().get(1)) {
            return logits;
        }
        NDArray wide = logits.toType(DataType.FLOAT64, false);
        NDArray least = wide.topK(k, 1).get(0).min(new int[] {1}, true);
        NDArray others = wide.lt(least).toType(DataType.FLOAT64, false);
        NDArray below = wide.sub(least).minimum(0).exp().mul(others);
        NDArray mean = below.sum(new int[] {1}, true)
                .div(others.sum(new int[] {1}, true).maximum(1));
        NDArray spread = least.add(mean.maximum(Silence.SCORE).log());
        return NDArrays.where(wide.gte(least), wide, spread.add(wide.zerosLike()))
                .toType(logits.getDataType(), false);
    }
}
