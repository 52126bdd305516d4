package org.obverse.plugins.filters;

import ai.djl.ndarray.NDArray;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.random.RandomStream;

/**
 * {@code z / t} (Shokri et al. 2017, arXiv 1610.05820, section VIII), which raises the entropy of the scores for t above 1.
 * Labels stay the same. An attacker who knows t has the scores back, up to rounding.
 *
 * @param temperature t
 */
record TemperatureFilter(double temperature) implements OutputFilter {
    @Override
    public Access limit() {
        return Access.LOGITS;
    }

    @Override
    public NDArray filter(NDArray logits, RandomStream noise) {
        return logits.div(temperature);
    }
}
