package org.obverse.plugins.filters;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.random.RandomStream;

/**
 * A score of 1 for the predicted class and of 0 for the others (Shokri et al. 2017, arXiv 1610.05820, section VIII,
 * where it is the extreme case of telling the likeliest classes). Nothing else is left for a filter that follows.
 */
record LabelFilter() implements OutputFilter {
    @Override
    public Access limit() {
        return Access.LABELS;
    }

    @Override
    public NDArray filter(NDArray logits, RandomStream noise) {
        int classes = Math.toIntExact(logits.getShape().get(1));
        return Silence.logits(logits.argMax(1).oneHot(classes, DataType.FLOAT64))
                .toType(logits.getDataType(), false);
    }
}
