package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Pass;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/**
 * Minibatch discrimination (Salimans et al. 2016, section 3.2): with {@code M = f T}, each sample is told how close it is
 * to the others, {@code o_ib = Σ_j exp(-‖M_ib - M_jb‖₁) - 1}; the 1 is the sample itself. Samples of a batch influence one
 * another through it; a sample alone gets 0.
 */
final class MinibatchDiscrimination implements Layer {
    private static final int[] DIMENSIONS = {3};
    private static final int[] OTHERS = {1};

    private final int kernels;
    private final int dimensions;
    private final NDArray weight;

    private MinibatchDiscrimination(Namespace at, int features, int kernels, int dimensions) {
        this.kernels = kernels;
        this.dimensions = dimensions;
        this.weight = at.parameters()
                .weight(at.prefix() + "T", new Shape(features, (long) kernels * dimensions), Initial.normal(1));
    }

    /** Takes {@code T} {@code [features, kernels * dimensions]}, standard normal at first. */
    static Layer of(Namespace at, int features, int kernels, int dimensions) {
        return new MinibatchDiscrimination(at, features, kernels, dimensions);
    }

    /**
     * @param x {@code [N, features]}
     * @return {@code [N, kernels]}
     */
    @Override
    public NDArray apply(NDArray x, Pass pass) {
        NDArray projected = x.matMul(weight).reshape(-1, kernels, dimensions);
        NDArray distances =
                projected.expandDims(1).sub(projected.expandDims(0)).abs().sum(DIMENSIONS);
        return distances.neg().exp().sum(OTHERS).sub(1);
    }
}
