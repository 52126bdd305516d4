package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Pass;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;

/**
 * The generator of PLG-MI and LOKT (Yuan et al. 2023), here for 64 pixels and a width of 64: a linear layer to 1,024 maps of 4 × 4, four {@link UpBlock}s to 512,
 * 256, 128 and 64 maps of 64 × 64, batch normalisation, ReLU, a convolution of one pixel to the colours, and tanh. Initial values are
 * torch's.
 */
public final class ConditionalNetwork {
    private final ClassLayout layout;
    private final Layer project;
    private final List<UpBlock> blocks = new ArrayList<>();
    private final Layer pixels;

    private ConditionalNetwork(Namespace at, ClassLayout layout) {
        this.layout = layout;
        int channels = layout.channels(layout.doublings());
        this.project = Linear.of(
                at.in("project"), layout.latentSize(), channels * ClassLayout.SMALLEST_MAP * ClassLayout.SMALLEST_MAP);
        for (int up = 1; up <= layout.doublings(); up++) {
            int next = layout.channels(layout.doublings() - up);
            blocks.add(UpBlock.of(at.in("up" + up), channels, next, layout.classes()));
            channels = next;
        }
        this.pixels = BatchNormalization.of(at.in("norm"), channels)
                .then((x, pass) -> Activation.relu(x))
                .then(Convolution.biased(at.in("pixels"), channels, layout.colours(), Window.centered(1)))
                .then((x, pass) -> Activation.tanh(x));
    }

    /** Takes tensors named {@code project.*}, {@code up1.*}, {@code up2.*}, …, {@code norm.*} and {@code pixels.*}. */
    public static ConditionalNetwork of(Namespace at, ClassLayout layout) {
        return new ConditionalNetwork(at, layout);
    }

    public ClassLayout layout() {
        return layout;
    }

    /**
     * @param z {@code [N, latentSize]}; N is at least 2 in training, where batch statistics normalise
     * @param condition {@code [N, classes]}, one at each sample's class
     * @return {@code [N, C, H, W]} in [-1, 1]
     */
    public NDArray images(NDArray z, NDArray condition, Pass pass) {
        int map = ClassLayout.SMALLEST_MAP;
        NDArray x = project.apply(z, pass).reshape(-1, layout.channels(layout.doublings()), map, map);
        for (UpBlock block : blocks) {
            x = block.apply(x, condition, pass);
        }
        return pixels.apply(x, pass);
    }
}
