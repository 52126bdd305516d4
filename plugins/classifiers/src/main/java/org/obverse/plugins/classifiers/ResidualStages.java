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
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * Stages of residual blocks, {@code relu(residual(x) + shortcut(x))} (He et al. 2016). The shortcut is the identity, or a
 * 1x1 convolution and its normalisation where the shape changes (option B). Tensors are named as in torchvision.
 *
 * @param initial values of all convolutions
 */
record ResidualStages(
        Namespace root, Normalization normalization, Initial initial, Residual residual, ScaledShortcuts shortcuts) {

    /** The convolutions of a block, all normalised and all but the last followed by a ReLU. */
    sealed interface Residual {
        /** Two of 3x3 (Fig. 5, left). */
        record Basic() implements Residual {}

        /**
         * 1x1 to fewer channels, 3x3 in groups, 1x1 to four times the channels of the stage (Fig. 5, right; groups: Xie
         * et al. 2017, Fig. 3c). Where the extent halves, the 3x3 convolution halves it, as torchvision has it.
         *
         * @param groups of the 3x3 convolution
         * @param width of all its groups together, per 64 channels of the stage
         */
        record Bottleneck(int groups, int width) implements Residual {
            private static final int BASE = 64;

            int inner(int channels) {
                return channels * width / BASE;
            }
        }

        /** Channels that a block leaves per channel of its stage. */
        default int expansion() {
            return this instanceof Bottleneck ? 4 : 1;
        }
    }

    /** Stages of basic blocks. */
    static ResidualStages basic(
            Namespace root, Normalization normalization, Initial initial, ScaledShortcuts shortcuts) {
        return new ResidualStages(root, normalization, initial, new Residual.Basic(), shortcuts);
    }

    /**
     * What {@link #stages} makes.
     *
     * @param blocks of each stage
     */
    static List<ResidualBody.Blocks> named(List<Integer> blocks, Residual residual) {
        List<ResidualBody.Blocks> stages = new ArrayList<>();
        for (int count : blocks) {
            boolean changes = !stages.isEmpty() || residual.expansion() > 1;
            int number = stages.size() + 1;
            stages.add(new ResidualBody.Blocks(
                    "stage" + number, "layer" + number + ".0.downsample.", changes ? count - 1 : count));
        }
        return List.copyOf(stages);
    }

    /** A convolution without bias, its normalisation, both with the number 1, and a ReLU. */
    Layer stem(Shape input, int outputs, Window window) {
        return convolution(root, 1, Math.toIntExact(input.get(0)), outputs, window, 1)
                .then(Rectifier.relu());
    }

    /**
     * The stages {@code layer1}, {@code layer2}, …, tapped as {@code stage1}, {@code stage2}, …. The first keeps the
     * extent of its input and has {@code width} channels, each further one halves the extent and doubles the channels;
     * bottlenecks leave four times as many.
     *
     * @param before what comes before the first block, and becomes part of the first stage
     * @param maps the shape that it leaves, {@code [channels, height, width]}
     * @param blocks of each stage
     */
    List<Stage> stages(Layer before, Shape maps, List<Integer> blocks, int width) {
        List<Stage> stages = new ArrayList<>();
        Shape shape = maps;
        for (int i = 0; i < blocks.size(); i++) {
            int inputs = Math.toIntExact(shape.get(0));
            int channels = width << i;
            Window window = Window.centered(3).every(i == 0 ? 1 : 2);
            String name = "stage" + (i + 1);
            Layer layer = blocks(name, root.in("layer" + (i + 1)), blocks.get(i), inputs, channels, window);
            shape = window.over(shape, channels * residual.expansion());
            stages.add(new Stage(new Tap(name, shape), i == 0 ? before.then(layer) : layer));
        }
        return stages;
    }

    private Layer blocks(String name, Namespace stage, int count, int inputs, int channels, Window first) {
        Layer blocks = block(name, stage.in("0"), inputs, channels, first);
        for (int i = 1; i < count; i++) {
            Namespace at = stage.in(String.valueOf(i));
            blocks = blocks.then(block(name, at, channels * residual.expansion(), channels, Window.centered(3)));
        }
        return blocks;
    }

    private Layer block(String stage, Namespace at, int inputs, int channels, Window spatial) {
        int outputs = channels * residual.expansion();
        Layer convolutions = convolutions(at, inputs, channels, spatial);
        ScaledShortcuts.Shortcut shortcut = spatial.stride() == 1 && inputs == outputs
                ? shortcuts.identity(stage)
                : shortcuts.projection(stage, () -> projection(at.in("downsample"), inputs, outputs, spatial.stride()));
        return (x, pass) -> Activation.relu(shortcut.added(convolutions.apply(x, pass), x, pass));
    }

    private Layer convolutions(Namespace at, int inputs, int channels, Window spatial) {
        if (residual instanceof Residual.Bottleneck bottleneck) {
            int inner = bottleneck.inner(channels);
            Window point = Window.centered(1);
            return convolution(at, 1, inputs, inner, point, 1)
                    .then(Rectifier.relu())
                    .then(convolution(at, 2, inner, inner, spatial, bottleneck.groups()))
                    .then(Rectifier.relu())
                    .then(convolution(at, 3, inner, channels * residual.expansion(), point, 1));
        }
        return convolution(at, 1, inputs, channels, spatial, 1)
                .then(Rectifier.relu())
                .then(convolution(at, 2, channels, channels, Window.centered(3), 1));
    }

    private Layer projection(Namespace at, int inputs, int outputs, int stride) {
        return Convolution.plain(at.in("0"), inputs, outputs, Window.centered(1).every(stride), initial)
                .then(normalization.layer(at.in("1"), outputs));
    }

    private Layer convolution(Namespace at, int number, int inputs, int outputs, Window window, int groups) {
        return Convolution.grouped(at.in("conv" + number), inputs, outputs, window, groups, initial)
                .then(normalization.numbered(at, number, outputs));
    }
}
