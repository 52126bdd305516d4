package org.obverse.api.generator;

import ai.djl.ndarray.NDArray;

/**
 * A generator with an intermediate space (StyleGAN, Karras et al. 2019): z → w, one row of w per style input of the
 * synthesis network.
 */
public interface Mapped extends Generator {
    /** Rows of W+; {@code searchSpace} is {@code [rows, styleSize]}. */
    int rows();

    /** The length of one row. */
    int styleSize();

    /**
     * The mapping network with truncation.
     *
     * @param z {@code [N, latentSize]}
     * @return {@code [N, rows, styleSize]}, all rows equal except for truncation
     */
    NDArray map(NDArray z, Truncation truncation);

    /**
     * {@link Generator#generate}, which also takes one row for all: {@code [N, 1, styleSize]}.
     */
    @Override
    NDArray generate(NDArray points);
}
