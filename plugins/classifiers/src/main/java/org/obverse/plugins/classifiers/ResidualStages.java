package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Tap;
import org.obverse.networks.Convolution;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Window;

/**
 * Stages of basic blocks, {@code relu(norm(conv(relu(norm(conv(x))))) + shortcut(x))} with 3x3 convolutions (He et al.
 * 2016, Fig. 2). The shortcut is the identity, or a 1x1 convolution and its normalisation where the shape changes
 * (option B). Tensors are named as in torchvision.
 *
 * @param initial values of all convolutions
 */
record ResidualStages(Namespace root, Normalization normalization, Initial initial) {
    private static final Layer RELU = (x, pass) -> Activation.relu(x);
    private static final Layer IDENTITY = (x, pass) -> x;

    /** A convolution without bias, its normalisation, both with the number 1, and a ReLU. */
    Layer stem(Shape input, int outputs, Window window) {
        return convolution(root, 1, Math.toIntExact(input.get(0)), outputs, window)
                .then(RELU);
    }

    /**
     * The stages {@code layer1}, {@code layer2}, …, tapped as {@code stage1}, {@code stage2}, …. The first keeps the
     * extent of its input and has {@code width} channels, each further one halves the extent and doubles the channels.
     *
     * @param before what comes before the first block, and becomes part of the first stage
     * @param maps the shape that it leaves, {@code [channels, height, width]}
     */
    List<Stage> stages(Layer before, Shape maps, int count, int blocks, int width) {
        List<Stage> stages = new ArrayList<>();
        Shape shape = maps;
        for (int i = 0; i < count; i++) {
            int inputs = Math.toIntExact(shape.get(0));
            int outputs = width << i;
            Window window = Window.centered(3).every(i == 0 ? 1 : 2);
            Layer layer = blocks(root.in("layer" + (i + 1)), blocks, inputs, outputs, window);
            shape = window.over(shape, outputs);
            stages.add(new Stage(new Tap("stage" + (i + 1), shape), i == 0 ? before.then(layer) : layer));
        }
        return stages;
    }

    private Layer blocks(Namespace stage, int count, int inputs, int outputs, Window first) {
        Layer blocks = block(stage.in("0"), inputs, outputs, first);
        for (int i = 1; i < count; i++) {
            blocks = blocks.then(block(stage.in(String.valueOf(i)), outputs, outputs, Window.centered(3)));
        }
        return blocks;
    }

    private Layer block(Namespace at, int inputs, int outputs, Window first) {
        Layer residual = convolution(at, 1, inputs, outputs, first)
                .then(RELU)
                .then(convolution(at, 2, outputs, outputs, Window.centered(3)));
        Layer shortcut = first.stride() == 1 && inputs == outputs
                ? IDENTITY
                : projection(at.in("downsample"), inputs, outputs, first.stride());
        return (x, pass) -> Activation.relu(residual.apply(x, pass).add(shortcut.apply(x, pass)));
    }

    private Layer projection(Namespace at, int inputs, int outputs, int stride) {
        return Convolution.plain(at.in("0"), inputs, outputs, Window.centered(1).every(stride), initial)
                .then(normalization.layer(at.in("1"), outputs));
    }

    private Layer convolution(Namespace at, int number, int inputs, int outputs, Window window) {
        return Convolution.plain(at.in("conv" + number), inputs, outputs, window, initial)
                .then(normalization.numbered(at, number, outputs));
    }
}
