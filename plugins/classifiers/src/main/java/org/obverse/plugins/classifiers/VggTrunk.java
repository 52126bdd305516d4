package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Tap;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * The thirteen convolutions of VGG-16 (Simonyan and Zisserman 2015, Table 1, column D) in five stages, each of which ends
 * with max pooling. Tensors bear the numbers of torchvision's sequence, in which ReLU and pooling count too.
 */
enum VggTrunk {
    PLAIN(2),
    /** Each convolution is followed by batch normalisation. */
    NORMALIZED(3);

    /** Channels and number of the convolutions of a stage. */
    private record Convolutions(int channels, int count) {}

    /** What the last stage leaves. */
    static final int CHANNELS = 512;

    private static final List<Convolutions> STAGES = List.of(
            new Convolutions(64, 2),
            new Convolutions(128, 2),
            new Convolutions(256, 3),
            new Convolutions(512, 3),
            new Convolutions(CHANNELS, 3));

    /** With 32 pixels the last stage has 1x1. */
    static final int LEAST_PIXELS = 32;

    private static final Window HALVING = new Window(2, 2, 0);

    private final int entries;

    /**
     * @param entries of the sequence per convolution
     */
    VggTrunk(int entries) {
        this.entries = entries;
    }

    /** The stages, tapped after their pooling as {@code stage1} to {@code stage5}. */
    List<Stage> stages(Namespace at, Shape input) {
        List<Stage> stages = new ArrayList<>();
        int number = 0;
        Shape maps = input;
        for (Convolutions stage : STAGES) {
            Layer layer = (x, pass) -> x;
            int inputs = Math.toIntExact(maps.get(0));
            for (int i = 0; i < stage.count(); i++) {
                layer = layer.then(convolution(at, number, inputs, stage.channels()));
                inputs = stage.channels();
                number += entries;
            }
            number++;
            maps = HALVING.over(maps, stage.channels());
            stages.add(new Stage(new Tap("stage" + (stages.size() + 1), maps), layer.then(Pooling.max(HALVING))));
        }
        return stages;
    }

    private Layer convolution(Namespace at, int number, int inputs, int outputs) {
        Layer convolution = Convolution.biased(
                at.in(String.valueOf(number)),
                inputs,
                outputs,
                Window.centered(3),
                Kaiming.normalFanOut(),
                Initial.constant(0));
        if (this == NORMALIZED) {
            convolution = convolution.then(BatchNormalization.of(at.in(String.valueOf(number + 1)), outputs));
        }
        return convolution.then(Rectifier.relu());
    }
}
