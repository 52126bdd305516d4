package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.WeightUse;

/**
 * Norms of each sample's gradient with respect to a weight, from a layer's input and the gradient of its output. Gradients of
 * samples are made only where they are small. For any thread.
 */
public final class SampleNorms {
    /** 32 MB of float32, of one sample at least. */
    private static final long NUMBERS_AT_ONCE = 1 << 23;

    private final TorchDoor door;

    SampleNorms(TorchDoor door) {
        this.door = door;
    }

    /** Whether the arrays of a use have the shapes that it names. */
    public static boolean understands(WeightUse use) {
        Shape w = use.weight().getShape();
        Shape y = use.output().getShape();
        if (use instanceof WeightUse.Product product) {
            return w.dimension() == 2 && product.input().getShape().dimension() == 2 && y.dimension() == 2;
        }
        if (use instanceof WeightUse.Convolution convolution) {
            Shape x = convolution.input().getShape();
            return w.dimension() == 4 && x.dimension() == 4 && w.get(1) == x.get(1) && w.get(0) == y.get(1);
        }
        return w.dimension() == 1 && y.dimension() >= 2 && w.get(0) == y.get(1);
    }

    /**
     * The squares of the norms.
     *
     * @param use that is {@linkplain #understands understood}
     * @param d the gradient of the sum of all samples' losses with respect to the use's output, of its shape
     * @return {@code [N]}
     */
    public NDArray squared(WeightUse use, NDArray d) {
        if (use instanceof WeightUse.Product product) {
            return squares(product.input()).mul(squares(d));
        }
        if (use instanceof WeightUse.Convolution convolution) {
            return ofKernel(convolution, d);
        }
        return use instanceof WeightUse.Factor factor
                ? squares(overPixels(factor.input().mul(d)))
                : squares(overPixels(d));
    }

    private static NDArray overPixels(NDArray maps) {
        Shape shape = maps.getShape();
        return maps.reshape(shape.get(0), shape.get(1), -1).sum(new int[] {2});
    }

    private static NDArray squares(NDArray rows) {
        return rows.square().sum(new int[] {1});
    }

    /**
     * With the windows U {@code [I h w, L]} of a sample its gradient is {@code d Uᵀ}, whose squared norm is also {@code
     * Σ (UᵀU) ∘ (dᵀd)}: whichever takes fewer products (Bu et al. 2022, arXiv 2205.10683, section 4).
     */
    private NDArray ofKernel(WeightUse.Convolution use, NDArray d) {
        Shape kernel = use.weight().getShape();
        long outputs = kernel.get(0);
        long window = kernel.slice(1).size();
        long positions = d.getShape().slice(2).size();
        boolean pairs = positions * (window + outputs) < window * outputs;
        long numbers = window * positions + (pairs ? 2 * positions * positions : window * outputs);
        return door.method(pairs ? "kernel_norms_by_pairs" : "kernel_norms")
                .tensor(use.input())
                .tensor(d)
                .whole(kernel.get(2))
                .whole(kernel.get(3))
                .whole(use.stride())
                .whole(use.padding())
                .whole(Math.max(1, NUMBERS_AT_ONCE / numbers))
                .run()
                .head();
    }
}
