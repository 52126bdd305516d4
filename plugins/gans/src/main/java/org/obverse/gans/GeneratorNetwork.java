package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.obverse.api.network.Pass;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/**
 * The generator of GMI (Zhang et al. 2020), KED-MI, RLB-MI and BREP-MI, here G64: a linear layer (no bias), batch
 * normalisation and ReLU to 512 maps of 4 × 4; transposed convolutions (5 × 5, no bias) with batch normalisation and ReLU
 * to 256 × 8², 128 × 16², 64 × 32²; a transposed convolution to 3 × 64² and a sigmoid. The published text gives no initial
 * values: they are torch's.
 */
public final class GeneratorNetwork {
    private final Layout layout;
    private final Layer network;

    private GeneratorNetwork(Layout layout, Layer network) {
        this.layout = layout;
        this.network = network;
    }

    /** Takes tensors named {@code project.*}, {@code up1.*}, {@code up2.*}, …, the last being the layer of the pixels. */
    public static GeneratorNetwork of(Namespace at, Layout layout) {
        int doublings = layout.doublings();
        int channels = layout.channels(doublings);
        Layer network = projection(at.in("project"), layout, channels);
        for (int up = 1; up < doublings; up++) {
            int next = layout.channels(doublings - up);
            Namespace block = at.in("up" + up);
            network = network.then(TransposedConvolution.of(block.in("conv"), channels, next))
                    .then(BatchNormalization.of(block.in("norm"), next))
                    .then((x, pass) -> Activation.relu(x));
            channels = next;
        }
        return new GeneratorNetwork(
                layout,
                network.then(TransposedConvolution.of(at.in("up" + doublings).in("conv"), channels, layout.colours()))
                        .then((x, pass) -> Activation.sigmoid(x)));
    }

    private static Layer projection(Namespace at, Layout layout, int channels) {
        int map = layout.smallestMap();
        int units = channels * map * map;
        NDArray weight = at.parameters()
                .weight(at.prefix() + "linear.weight", new Shape(units, layout.latentSize()), Kaiming.uniform());
        Layer linear = (z, pass) -> z.matMul(weight.transpose());
        return linear.then(BatchNormalization.of(at.in("norm"), units))
                .then((x, pass) -> Activation.relu(x).reshape(-1, channels, map, map));
    }

    public Layout layout() {
        return layout;
    }

    /**
     * @param z {@code [N, latentSize]}; N is at least 2 in training, where batch statistics normalise
     * @return {@code [N, C, H, W]} in [0, 1]
     */
    NDArray apply(NDArray z, Pass pass) {
        return network.apply(z, pass);
    }

    /** {@link #apply} with images of the api: {@code [N, C, H, W]} in [-1, 1]. */
    public NDArray images(NDArray z, Pass pass) {
        return PixelRange.symmetric(apply(z, pass));
    }
}
