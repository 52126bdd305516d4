package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Tap;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * torchvision's densely connected networks (Huang et al. 2017, Table 1; no dropout): a 7x7 convolution of stride 2, max
 * pooling, four dense blocks with transitions that halve channels and extent between them, normalisation, a ReLU, global
 * average pooling and {@code classifier}. The dense blocks are tapped as {@code stage1} to {@code stage3}, the normalised
 * and rectified maps after the last one as {@code stage4}.
 *
 * @param blocks layers of each dense block
 * @param growth channels that each layer adds
 * @param stem channels before the first block
 */
record DenseNet(String name, List<Integer> blocks, int growth, int stem) {
    static final DenseNet DENSENET_121 = new DenseNet("densenet121", List.of(6, 12, 24, 16), 32, 64);
    static final DenseNet DENSENET_161 = new DenseNet("densenet161", List.of(6, 12, 36, 24), 48, 96);
    static final DenseNet DENSENET_169 = new DenseNet("densenet169", List.of(6, 12, 32, 32), 32, 64);
    static final DenseNet DENSENET_201 = new DenseNet("densenet201", List.of(6, 12, 48, 32), 32, 64);

    /** With 32 pixels the last block has 1x1. */
    private static final int LEAST_PIXELS = 32;

    /** Channels of the 1x1 convolution before each 3x3, in units of the growth. */
    private static final int BOTTLENECK = 4;

    /** torchvision's files write {@code denselayer1.norm.1.weight} for {@code denselayer1.norm1.weight}. */
    private static final Pattern NUMBERED = Pattern.compile("(denselayer\\d+\\.(?:norm|conv))\\.([12]\\.)");

    private static final Window HALVING = new Window(2, 2, 0);

    Design design() {
        return new Design(
                name,
                LEAST_PIXELS,
                new DenseBody(this, Set.of()),
                (root, features, classes) -> new LinearHead(
                        Linear.of(root.in("classifier"), features, classes, Kaiming.uniform(), Initial.constant(0))),
                List.of("classifier."),
                List.of(),
                published -> NUMBERED.matcher(published).replaceFirst("$1$2"));
    }

    /**
     * @param chained names of stages without concatenations
     */
    Body body(Shape input, Namespace root, Set<String> chained) {
        Namespace features = root.in("features");
        Window convolution = new Window(7, 2, 3);
        Window pooling = new Window(3, 2, 1);
        Layer before = convolution(features.in("conv0"), Math.toIntExact(input.get(0)), stem, convolution)
                .then(rectified(features.in("norm0"), stem))
                .then(Pooling.max(pooling));
        Shape maps = pooling.over(convolution.over(input, stem), stem);
        List<Stage> stages = new ArrayList<>();
        int channels = stem;
        for (int i = 1; i <= blocks.size(); i++) {
            Namespace at = features.in("denseblock" + i);
            int count = blocks.get(i - 1);
            boolean concatenates = !chained.contains("stage" + i);
            Layer layer = before.then(concatenates ? block(at, count, channels) : chain(at, count, channels));
            channels = concatenates ? channels + count * growth : growth;
            if (i == blocks.size()) {
                layer = layer.then(rectified(features.in("norm" + (blocks.size() + 1)), channels));
            }
            Shape shape = new Shape(channels, maps.get(1), maps.get(2));
            stages.add(new Stage(new Tap("stage" + i, shape), layer));
            if (i < blocks.size()) {
                before = transition(features.in("transition" + i), channels);
                channels /= 2;
                maps = HALVING.over(maps, channels);
            }
        }
        return new Body(stages, Pooling.global());
    }

    private Layer block(Namespace at, int count, int inputs) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(layer(at.in("denselayer" + (i + 1)), inputs + i * growth));
        }
        return (x, pass) -> {
            NDArray all = x;
            for (Layer layer : layers) {
                all = NDArrays.concat(new NDList(all, layer.apply(all, pass)), 1);
            }
            return all;
        };
    }

    /** Each layer sees what the one before it makes, and no more. */
    private Layer chain(Namespace at, int count, int inputs) {
        Layer chain = layer(at.in("denselayer1"), inputs);
        for (int i = 2; i <= count; i++) {
            chain = chain.then(layer(at.in("denselayer" + i), growth));
        }
        return chain;
    }

    private Layer layer(Namespace at, int inputs) {
        return rectified(at.in("norm1"), inputs)
                .then(convolution(at.in("conv1"), inputs, BOTTLENECK * growth, Window.centered(1)))
                .then(rectified(at.in("norm2"), BOTTLENECK * growth))
                .then(convolution(at.in("conv2"), BOTTLENECK * growth, growth, Window.centered(3)));
    }

    private static Layer transition(Namespace at, int inputs) {
        return rectified(at.in("norm"), inputs)
                .then(convolution(at.in("conv"), inputs, inputs / 2, Window.centered(1)))
                .then(Pooling.average(HALVING));
    }

    private static Layer rectified(Namespace at, int channels) {
        return BatchNormalization.of(at, channels).then(Rectifier.relu());
    }

    private static Layer convolution(Namespace at, int inputs, int outputs, Window window) {
        return Convolution.plain(at, inputs, outputs, window, Kaiming.normalFanIn());
    }
}
