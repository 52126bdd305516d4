package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Dropout;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * EfficientNet-B0 (Tan and Le 2019, Table 1) under the names of torchvision's {@code efficientnet_b0}: a 3x3 convolution of stride 2,
 * seven stages of inverted bottlenecks with squeeze-and-excitation, a 1x1 convolution to 1280 channels, global average pooling,
 * dropout of 0.2 and the head {@code classifier.1}; SiLU throughout. The stages {@code features.1} to {@code features.7} are tapped as
 * {@code stage1} to {@code stage7}.
 *
 * <p>Stochastic depth, by which torchvision leaves out up to a fifth of the blocks of a sample while it trains, is left out: a trained
 * network answers as torchvision's, and one that is trained here has one regulariser less.
 */
final class EfficientNet {
    /** What the blocks of a stage have in common. */
    private record Blocks(int expansion, int kernel, int stride, int channels, int count) {}

    /** Table 1, rows 2 to 8. */
    private static final List<Blocks> STAGES = List.of(
            new Blocks(1, 3, 1, 16, 1),
            new Blocks(6, 3, 2, 24, 2),
            new Blocks(6, 5, 2, 40, 2),
            new Blocks(6, 3, 2, 80, 3),
            new Blocks(6, 5, 1, 112, 3),
            new Blocks(6, 5, 2, 192, 4),
            new Blocks(6, 3, 1, 320, 1));

    private static final int STEM = 32;
    private static final int FEATURES = 1280;

    /** With 32 pixels the last stage has 1x1. */
    private static final int LEAST_PIXELS = 32;

    /** Channels of a block's input per channel of the squeezed vector. */
    private static final int REDUCTION = 4;

    private static final double DROPOUT = 0.2;
    private static final Window POINT = Window.centered(1);
    private static final Initial ZERO = Initial.constant(0);

    private EfficientNet() {}

    static Design b0() {
        return new Design(
                "efficientnet-b0",
                LEAST_PIXELS,
                EfficientNet::body,
                (root, features, classes) -> new LinearHead(Linear.of(
                        root.in("classifier.1"),
                        features,
                        classes,
                        Initial.uniform(1 / Math.sqrt((double) classes)),
                        ZERO)),
                List.of("classifier.1."));
    }

    private static Body body(Shape input, Namespace root) {
        Namespace features = root.in("features");
        Window halving = Window.centered(3).every(2);
        Layer before = normalized(features.in("0"), Math.toIntExact(input.get(0)), STEM, halving, 1)
                .then(EfficientNet::silu);
        List<Stage> stages = new ArrayList<>();
        Shape maps = halving.over(input, STEM);
        for (Blocks blocks : STAGES) {
            int number = stages.size() + 1;
            Layer stage = number == 1 ? before : (x, pass) -> x;
            for (int i = 0; i < blocks.count(); i++) {
                Namespace at = features.in(number + "." + i + ".block");
                Window window = Window.centered(blocks.kernel()).every(i == 0 ? blocks.stride() : 1);
                int inputs = Math.toIntExact(maps.get(0));
                stage = stage.then(block(at, inputs, blocks.channels(), blocks.expansion(), window));
                maps = window.over(maps, blocks.channels());
            }
            stages.add(new Stage(new Tap("stage" + number, maps), stage));
        }
        Layer neck = normalized(features.in("8"), Math.toIntExact(maps.get(0)), FEATURES, POINT, 1)
                .then(EfficientNet::silu)
                .then(Pooling.global())
                .then(Dropout.of("classifier.0", DROPOUT));
        return new Body(stages, neck, FEATURES);
    }

    /**
     * An inverted bottleneck (Sandler et al. 2018): 1x1 to {@code expansion} times the channels, if that is more, a depthwise
     * convolution, squeeze-and-excitation, and 1x1 without an activation; its input is added where the shape stays.
     *
     * @param window of the depthwise convolution
     */
    static Layer block(Namespace at, int inputs, int outputs, int expansion, Window window) {
        int inner = inputs * expansion;
        int number = 0;
        Layer layer = (x, pass) -> x;
        if (expansion > 1) {
            layer = normalized(at.in(String.valueOf(number++)), inputs, inner, POINT, 1)
                    .then(EfficientNet::silu);
        }
        Layer residual = layer.then(normalized(at.in(String.valueOf(number++)), inner, inner, window, inner))
                .then(EfficientNet::silu)
                .then(excitation(at.in(String.valueOf(number++)), inner, Math.max(1, inputs / REDUCTION)))
                .then(normalized(at.in(String.valueOf(number)), inner, outputs, POINT, 1));
        return inputs == outputs && window.stride() == 1
                ? (x, pass) -> residual.apply(x, pass).add(x)
                : residual;
    }

    /** Squeeze-and-excitation (Hu et al. 2018, section 3): each channel times a factor in (0, 1) that depends on the means of all. */
    private static Layer excitation(Namespace at, int channels, int squeezed) {
        Layer factors = Convolution.biased(at.in("fc1"), channels, squeezed, POINT, Kaiming.normalFanOut(), ZERO)
                .then(EfficientNet::silu)
                .then(Convolution.biased(at.in("fc2"), squeezed, channels, POINT, Kaiming.normalFanOut(), ZERO));
        return (x, pass) -> {
            NDArray means = Pooling.global().apply(x, pass);
            NDArray logits = factors.apply(means.reshape(means.getShape().addAll(new Shape(1, 1))), pass);
            return x.mul(Activation.sigmoid(logits));
        };
    }

    private static Layer normalized(Namespace at, int inputs, int outputs, Window window, int groups) {
        return Convolution.grouped(at.in("0"), inputs, outputs, window, groups, Kaiming.normalFanOut())
                .then(BatchNormalization.of(at.in("1"), outputs));
    }

    /** {@code x σ(x)} (Elfwing et al. 2018). */
    private static NDArray silu(NDArray x, Pass pass) {
        try (NDArray gate = Activation.sigmoid(x)) {
            return x.mul(gate);
        }
    }
}
