package org.obverse.plugins.bido;

import ai.djl.ndarray.NDArray;

/**
 * How much two variables depend on each other, from m joint samples. What concerns one variable alone is computed once
 * by {@link #operator}, however many others it is compared with.
 */
sealed interface Dependence permits Hsic, Coco {
    /**
     * @param kernel of one variable, centred, float64 {@code [m, m]}
     * @return what {@link #between} compares, {@code [m, m]}
     */
    NDArray operator(NDArray kernel);

    /**
     * @param a the operator of one variable
     * @param b that of the other
     * @return a scalar with a finite slope for every m; 0, up to rounding, if m = 1 or if one of the variables is constant
     */
    NDArray between(NDArray a, NDArray b);
}
