package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Resampling;
import org.obverse.networks.Convolution;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;

/**
 * Doubles the extent of maps, bilinearly: normalisation, ReLU, doubling, convolution (3 × 3), normalisation, ReLU, convolution (3 × 3),
 * beside a doubling and a convolution of one pixel.
 */
final class UpBlock {
    private static final Window NEIGHBOURS = Window.centered(3);

    private final ConditionalNormalization before;
    private final ConditionalNormalization between;
    private final Layer widen;
    private final Layer refine;
    private final Layer shortcut;

    private UpBlock(Namespace at, int inputs, int outputs, int classes) {
        this.before = ConditionalNormalization.of(at.in("norm1"), inputs, classes);
        this.widen = Convolution.biased(at.in("conv1"), inputs, outputs, NEIGHBOURS);
        this.between = ConditionalNormalization.of(at.in("norm2"), outputs, classes);
        this.refine = Convolution.biased(at.in("conv2"), outputs, outputs, NEIGHBOURS);
        this.shortcut = Convolution.biased(at.in("shortcut"), inputs, outputs, Window.centered(1));
    }

    /** Takes tensors named {@code norm1.*}, {@code conv1.*}, {@code norm2.*}, {@code conv2.*} and {@code shortcut.*}. */
    static UpBlock of(Namespace at, int inputs, int outputs, int classes) {
        return new UpBlock(at, inputs, outputs, classes);
    }

    /**
     * @param x {@code [N, inputs, H, W]}
     * @param condition {@code [N, classes]}
     * @return {@code [N, outputs, 2 H, 2 W]}
     */
    NDArray apply(NDArray x, NDArray condition, Pass pass) {
        NDArray wide = widen.apply(doubled(Activation.relu(before.apply(x, condition, pass))), pass);
        NDArray residual = refine.apply(Activation.relu(between.apply(wide, condition, pass)), pass);
        return residual.add(shortcut.apply(doubled(x), pass));
    }

    private static NDArray doubled(NDArray x) {
        Shape maps = x.getShape();
        int height = Math.toIntExact(maps.get(2));
        int width = Math.toIntExact(maps.get(3));
        return Resampling.of(height, width).resize(2 * height, 2 * width).apply(x);
    }
}
