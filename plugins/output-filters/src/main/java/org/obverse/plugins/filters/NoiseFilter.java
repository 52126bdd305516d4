package org.obverse.plugins.filters;

import ai.djl.ndarray.NDArray;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.random.RandomStream;

/**
 * {@code z + σ ε} with ε drawn from N(0, I), sample after sample: what an image draws depends on its place in the query,
 * not on how many follow it. Labels change with the logits. The same question has another answer, so an attacker who asks
 * n times and takes the mean is left with σ / √n.
 */
record NoiseFilter(double sigma) implements OutputFilter {
    @Override
    public Access limit() {
        return Access.LOGITS;
    }

    @Override
    public NDArray filter(NDArray logits, RandomStream noise) {
        if (sigma == 0) {
            return logits;
        }
        float[] draws = noise.gaussians(Math.toIntExact(logits.size()));
        return logits.add(
                logits.getManager().create(draws, logits.getShape()).mul(sigma).toType(logits.getDataType(), false));
    }
}
