package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * What the discriminators of PLG-MI and LOKT have in common (Miyato and Koyama 2018), here for 64 pixels: five residual blocks that
 * halve the extent, to 1,024 maps of 2 × 2, ReLU, and the sum over their pixels h. Every weight but the biases is a {@link
 * SpectralWeight}, with Xavier's uniform values at first and a gain of √2 in residual convolutions.
 */
public final class ConditionalTrunk {
    private static final Layer HALVED = Pooling.average(new Window(2, 2, 0));
    private static final double RESIDUAL = Math.sqrt(2);

    private final Gradients gradients;
    private final Layer body;
    private final int features;

    private ConditionalTrunk(Namespace at, Gradients gradients, ClassLayout layout) {
        this.gradients = gradients;
        int channels = layout.width();
        Layer network = first(at.in("down0"), layout.colours(), channels);
        for (int down = 1; down <= layout.doublings(); down++) {
            int next = layout.channels(down);
            network = network.then(down(at.in("down" + down), channels, next));
            channels = next;
        }
        this.body = network;
        this.features = channels;
    }

    /** Takes tensors named {@code down0.*}, {@code down1.*}, …. */
    public static ConditionalTrunk of(Namespace at, Gradients gradients, ClassLayout layout) {
        return new ConditionalTrunk(at, gradients, layout);
    }

    private Layer first(Namespace at, int colours, int channels) {
        Layer residual = convolution(at.in("conv1"), colours, channels, 3, RESIDUAL)
                .then((x, pass) -> Activation.relu(x))
                .then(convolution(at.in("conv2"), channels, channels, 3, RESIDUAL))
                .then(HALVED);
        Layer shortcut = HALVED.then(convolution(at.in("shortcut"), colours, channels, 1, 1));
        return (x, pass) -> residual.apply(x, pass).add(shortcut.apply(x, pass));
    }

    private Layer down(Namespace at, int inputs, int outputs) {
        Layer residual = convolution(at.in("conv1"), inputs, inputs, 3, RESIDUAL)
                .then((x, pass) -> Activation.relu(x))
                .then(convolution(at.in("conv2"), inputs, outputs, 3, RESIDUAL))
                .then(HALVED);
        Layer shortcut = convolution(at.in("shortcut"), inputs, outputs, 1, 1).then(HALVED);
        return (x, pass) -> residual.apply(Activation.relu(x), pass).add(shortcut.apply(x, pass));
    }

    private Layer convolution(Namespace at, int inputs, int outputs, int size, double gain) {
        SpectralWeight weight = SpectralWeight.of(at, gradients, new Shape(outputs, inputs, size, size), xavier(gain));
        NDArray bias = at.parameters()
                .weight(at.prefix() + "bias", new Shape(outputs), Kaiming.bias((long) inputs * size * size));
        return (x, pass) -> at.operators()
                .conv2d(x, weight.normalized(pass), 1, size / 2, 1)
                .add(bias.reshape(1, -1, 1, 1));
    }

    /** Uniform with the variance {@code gain² · 2 / (inputs + outputs)} (Glorot and Bengio 2010). */
    public static Initial xavier(double gain) {
        return (shape, stream) -> {
            long receptive = shape.slice(2).size();
            double fans = receptive * (shape.get(0) + (double) shape.get(1));
            return Initial.uniform(gain * Math.sqrt(6 / fans)).values(shape, stream);
        };
    }

    /** The length of h. */
    public int features() {
        return features;
    }

    /**
     * @param images {@code [N, C, H, W]} in [-1, 1]
     * @return h, {@code [N, features]}, 0 or more
     */
    public NDArray apply(NDArray images, Pass pass) {
        return pooled(body.apply(images, pass));
    }

    /** The sum over the pixels of maps {@code [N, C, H, W]} after ReLU, {@code [N, C]}. */
    static NDArray pooled(NDArray maps) {
        return Activation.relu(maps).sum(new int[] {2, 3});
    }
}
