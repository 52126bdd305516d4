package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Convolution;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;

/**
 * The critic of GMI (Zhang et al. 2020), here for 64 pixels: convolutions (5 × 5, stride 2) from 3 to 64 maps with leaky
 * ReLU (slope 0.2), then to 128, 256 and 512 with affine instance normalisation and leaky ReLU; a 4 × 4 convolution to one
 * number. It judges every sample alone, as a gradient penalty needs.
 */
public final class WassersteinCritic {
    static final double SLOPE = 0.2;
    static final Window HALVING = new Window(5, 2, 2);

    private final Layer network;

    private WassersteinCritic(Layer network) {
        this.network = network;
    }

    /** Takes tensors named {@code down1.*}, {@code down2.*}, … and {@code judge.*}, with torch's initial values. */
    public static WassersteinCritic of(Namespace at, Layout layout) {
        Layer leaky = leaky(at.operators());
        int channels = layout.width();
        Layer network = Convolution.biased(at.in("down1").in("conv"), layout.colours(), channels, HALVING)
                .then(leaky);
        for (int down = 2; down <= layout.doublings(); down++) {
            int next = layout.channels(down);
            Namespace block = at.in("down" + down);
            network = network.then(Convolution.biased(block.in("conv"), channels, next, HALVING))
                    .then(InstanceNormalization.of(block.in("norm"), next))
                    .then(leaky);
            channels = next;
        }
        Window whole = new Window(layout.smallestMap(), 1, 0);
        return new WassersteinCritic(network.then(Convolution.biased(at.in("judge"), channels, 1, whole)));
    }

    static Layer leaky(Operators operators) {
        return (x, pass) -> operators.leakyRelu(x, SLOPE, 1);
    }

    /**
     * @param images {@code [N, C, H, W]} in [0, 1]
     * @return {@code [N]}, large for images that look real
     */
    public NDArray apply(NDArray images, Pass pass) {
        return network.apply(images, pass).reshape(-1);
    }

    /** {@link #apply} of images of the api: {@code [N, C, H, W]} in [-1, 1]. */
    public NDArray realness(NDArray images, Pass pass) {
        return apply(PixelRange.unit(images), pass);
    }
}
