package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.networks.Convolution;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;

/**
 * The discriminator of KED-MI (Chen et al. 2021), D-MB, here for 64 pixels: convolutions (5 × 5, stride 2) to 64, 128 and
 * 256 maps and one (3 × 3, stride 2) that keeps 256, each with affine instance normalisation and leaky ReLU (slope 0.2);
 * the 4,096 numbers that are left are the features f, {@link MinibatchDiscrimination} adds its own, and a linear layer
 * makes one logit per class of the target.
 *
 * <p>It is a classifier of the target's classes; what looks real is what has a large log-sum-exp of logits. Its samples
 * influence one another, so what it says of an image depends on the batch.
 */
public final class MinibatchDiscriminator implements Classifier {
    /** The name of the activation f. */
    public static final String FEATURES = "features";

    private static final Window LAST = new Window(3, 2, 1);

    private final Layout layout;
    private final int classes;
    private final int kernels;
    private final int features;
    private final Parameters parameters;
    private final Layer body;
    private final Layer discrimination;
    private final Layer head;

    private MinibatchDiscriminator(Namespace at, Layout layout, Minibatch minibatch, int classes) {
        this.layout = layout;
        this.classes = classes;
        this.kernels = minibatch.kernels();
        this.parameters = at.parameters();
        int doublings = layout.doublings();
        this.features = layout.channels(doublings - 1) * layout.smallestMap() * layout.smallestMap();
        this.body = body(at, layout, doublings);
        this.discrimination = MinibatchDiscrimination.of(at.in("minibatch"), features, kernels, minibatch.dimensions());
        this.head = Linear.of(at.in("fc"), features + kernels, classes);
    }

    /** Takes tensors named {@code down1.*}, {@code down2.*}, …, {@code minibatch.T} and {@code fc.*}. */
    public static MinibatchDiscriminator of(Namespace at, Layout layout, Minibatch minibatch, int classes) {
        return new MinibatchDiscriminator(at, layout, minibatch, classes);
    }

    private static Layer body(Namespace at, Layout layout, int doublings) {
        Layer network = (x, pass) -> PixelRange.unit(x);
        int channels = layout.colours();
        for (int down = 1; down <= doublings; down++) {
            boolean last = down == doublings;
            int next = last ? channels : layout.channels(down);
            Namespace block = at.in("down" + down);
            network = network.then(Convolution.biased(
                            block.in("conv"), channels, next, last ? LAST : WassersteinCritic.HALVING))
                    .then(InstanceNormalization.of(block.in("norm"), next))
                    .then(WassersteinCritic.leaky(at.operators()));
            channels = next;
        }
        return network;
    }

    @Override
    public Shape input() {
        return layout.image();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(FEATURES, new Shape(features)), new Tap(Tap.PENULTIMATE, new Shape(features + kernels)));
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Activations forward(NDArray images, Pass pass) {
        NDArray f = body.apply(images, pass).reshape(-1, features);
        NDArray both = f.concat(discrimination.apply(f, pass), 1);
        return new Activations(head.apply(both, pass), Map.of(FEATURES, f, Tap.PENULTIMATE, both));
    }
}
