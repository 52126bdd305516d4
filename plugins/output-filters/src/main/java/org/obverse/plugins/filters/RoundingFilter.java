package org.obverse.plugins.filters;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.random.RandomStream;

/**
 * Scores rounded to the nearest multiple of 10^-d (Fredrikson et al. 2015, section 6; Shokri et al. 2017, arXiv 1610.05820,
 * section VIII). Rounded scores no longer sum to 1; those that an attacker sees are divided by their sum, which tells
 * neither more nor less, and are equal if all were rounded to 0.
 *
 * <p>The label is the model's own, also where its score ties with others after rounding.
 *
 * @param decimals d
 */
record RoundingFilter(int decimals) implements OutputFilter {
    /** Above 0 in float32, yet no difference to a score. */
    private static final double AHEAD = 1e-30;

    @Override
    public Access limit() {
        return Access.SCORES;
    }

    @Override
    public NDArray filter(NDArray logits, RandomStream noise) {
        NDArray scores = logits.toType(DataType.FLOAT64, false).softmax(1);
        NDArray rounded = scores.mul(Math.pow(10, decimals)).round();
        int classes = Math.toIntExact(logits.getShape().get(1));
        NDArray predicted = logits.argMax(1).oneHot(classes, DataType.FLOAT64);
        return Silence.logits(rounded).add(predicted.mul(AHEAD)).toType(logits.getDataType(), false);
    }
}
