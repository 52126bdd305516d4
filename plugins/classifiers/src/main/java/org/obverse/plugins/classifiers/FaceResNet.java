package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.network.Tap;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Dropout;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * The improved residual networks for faces (Deng et al. 2019, "ArcFace", section 3.1: IR) that the low-resolution attacks
 * use (KED-MI, Chen et al. 2021): a 3x3 convolution, four stages of blocks that each begin by halving the extent, and an
 * output layer of normalisation, dropout, a linear layer of 512 outputs and normalisation. The head is {@code fc_layer}.
 *
 * <p>A block is {@code norm(conv(prelu(conv(norm(x))))) + shortcut(x)} with 3x3 convolutions, the second of which has the
 * stride. The shortcut picks every pixel or every second one, or is a 1x1 convolution and its normalisation where the
 * channels change.
 *
 * @param blocks of each stage
 * @param output where the output layer stands in the state dict
 */
record FaceResNet(String name, List<Integer> blocks, Output output) {
    private static final List<Integer> IR_50 = List.of(3, 4, 14, 3);
    private static final List<Integer> IR_152 = List.of(3, 8, 36, 3);

    static final FaceResNet IR152_64 = new FaceResNet("ir152-64", IR_152, Output.BESIDE);
    static final FaceResNet FACENET_64 = new FaceResNet("facenet64", IR_50, Output.BESIDE);
    static final FaceResNet IR50_112 = new FaceResNet("ir50-112", IR_50, Output.WITHIN);

    /** With 16 pixels the last stage has 1x1. */
    private static final int LEAST_PIXELS = 16;

    private static final int STEM = 64;
    private static final int FEATURES = 512;
    private static final double DROPOUT = 0.5;
    private static final Window SAME = Window.centered(3);

    /** Where the output layer stands in the state dict. */
    enum Output {
        /** After the trunk {@code feature}. */
        BESIDE,
        /** In the trunk, before its blocks. */
        WITHIN
    }

    Design design() {
        return new Design(
                name, LEAST_PIXELS, new ResidualBody(residualStages(), this::body), new LinearHead.Plan("fc_layer"));
    }

    private List<ResidualBody.Blocks> residualStages() {
        List<ResidualBody.Blocks> stages = new ArrayList<>();
        int first = 0;
        for (int count : blocks) {
            stages.add(new ResidualBody.Blocks(
                    "stage" + (stages.size() + 1), "feature.body." + first + ".shortcut_layer.", count - 1));
            first += count;
        }
        return List.copyOf(stages);
    }

    private Body body(Shape input, Namespace root, ScaledShortcuts shortcuts) {
        Namespace trunk = root.in("feature");
        Namespace first = trunk.in("input_layer");
        Layer stem = convolution(first.in("0"), Math.toIntExact(input.get(0)), STEM, SAME)
                .then(BatchNormalization.of(first.in("1"), STEM))
                .then(Rectifier.parametric(first.in("2"), STEM));
        List<Shape> maps = maps(input);
        Shape last = maps.get(maps.size() - 1);
        if (output == Output.WITHIN) {
            Layer neck = output(trunk.in("output_layer"), last);
            return new Body(stages(trunk.in("body"), stem, maps, shortcuts), neck, FEATURES);
        }
        List<Stage> stages = stages(trunk.in("body"), stem, maps, shortcuts);
        return new Body(stages, output(root.in("output_layer"), last), FEATURES);
    }

    /** What each stage leaves. */
    private List<Shape> maps(Shape input) {
        List<Shape> maps = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < blocks.size(); i++) {
            shape = SAME.every(2).over(shape, STEM << i);
            maps.add(shape);
        }
        return maps;
    }

    private List<Stage> stages(Namespace at, Layer stem, List<Shape> maps, ScaledShortcuts shortcuts) {
        List<Stage> stages = new ArrayList<>();
        int inputs = STEM;
        int number = 0;
        for (int i = 0; i < blocks.size(); i++) {
            String name = "stage" + (i + 1);
            Layer layer = i == 0 ? stem : (x, pass) -> x;
            int channels = Math.toIntExact(maps.get(i).get(0));
            for (int j = 0; j < blocks.get(i); j++) {
                Namespace here = at.in(String.valueOf(number));
                int stride = j == 0 ? 2 : 1;
                ScaledShortcuts.Shortcut shortcut = inputs == channels && stride == 1
                        ? shortcuts.identity(name)
                        : shortcuts.projection(name, shortcut(here.in("shortcut_layer"), inputs, channels, stride));
                layer = layer.then(block(here.in("res_layer"), shortcut, inputs, channels, stride));
                inputs = channels;
                number++;
            }
            stages.add(new Stage(new Tap(name, maps.get(i)), layer));
        }
        return stages;
    }

    private static Layer block(
            Namespace inner, ScaledShortcuts.Shortcut shortcut, int inputs, int outputs, int stride) {
        Layer residual = BatchNormalization.of(inner.in("0"), inputs)
                .then(convolution(inner.in("1"), inputs, outputs, SAME))
                .then(Rectifier.parametric(inner.in("2"), outputs))
                .then(convolution(inner.in("3"), outputs, outputs, SAME.every(stride)))
                .then(BatchNormalization.of(inner.in("4"), outputs));
        return (x, pass) -> shortcut.added(residual.apply(x, pass), x, pass);
    }

    private static Supplier<Layer> shortcut(Namespace at, int inputs, int outputs, int stride) {
        return () -> inputs == outputs
                ? Pooling.max(new Window(1, stride, 0))
                : convolution(at.in("0"), inputs, outputs, Window.centered(1).every(stride))
                        .then(BatchNormalization.of(at.in("1"), outputs));
    }

    private static Layer output(Namespace at, Shape maps) {
        return BatchNormalization.of(at.in("0"), Math.toIntExact(maps.get(0)))
                .then(Dropout.of("output_layer.1", DROPOUT))
                .then(Pooling.none())
                .then(Linear.of(at.in("3"), Math.toIntExact(maps.size()), FEATURES))
                .then(BatchNormalization.of(at.in("4"), FEATURES));
    }

    private static Layer convolution(Namespace at, int inputs, int outputs, Window window) {
        return Convolution.plain(at, inputs, outputs, window, Kaiming.uniform());
    }
}
