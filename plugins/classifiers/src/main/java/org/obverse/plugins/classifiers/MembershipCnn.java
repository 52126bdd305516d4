package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Convolution;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * The networks that Kaya and Dumitras (ICML 2021) attack and regularise: stages of 3x3 convolutions, each followed by its normalisation and
 * a ReLU, that end with 2x2 max pooling; a linear layer to 1024 features with a ReLU; a linear head. They see images in [0, 1]. Initial
 * values are torch's. Tensors bear the numbers of the published sequence, in which ReLU, pooling and flattening count too.
 */
public record MembershipCnn(
        @Meaning("shallow (two convolutions, published for Fashion-MNIST) or deep (eight, published for CIFAR)")
        Depth depth,

        @Meaning(
                "what follows each convolution: batch, group (32 groups or one per channel; no sample sees another, as DP-SGD needs) or"
                        + " affine (a factor and an offset per channel, no normalisation)")
        Normalization normalization,

        @Meaning("factor on the channels of all convolutions, in (0, 1]; 1 is as published")
        double capacity)
        implements Checked {
    public static final MembershipCnn DEFAULT = new MembershipCnn(Depth.SHALLOW, Normalization.BATCH, 1);

    private static final int FEATURES = 1024;
    private static final Window HALVING = new Window(2, 2, 0);
    /** Entries of the sequence per convolution: itself, its normalisation, a ReLU. */
    private static final int ENTRIES = 3;

    @Override
    public List<Problem> check() {
        boolean isFactor = capacity > 0 && capacity <= 1;
        int least = depth.channels().map(this::scaled).min().orElseThrow();
        return new Problems()
                .require(isFactor, "capacity", capacity + " is out of range", "use a value in (0, 1]")
                .require(
                        !isFactor || least >= 1,
                        "capacity",
                        "with " + capacity + " a convolution has no channels",
                        "use a larger one")
                .require(
                        !isFactor
                                || least < 1
                                || normalization.fits(depth.channels().map(this::scaled)),
                        "capacity",
                        "with " + capacity + " the channels of a convolution do not fall into 32 equal groups",
                        "use 1, 0.5, 0.25 or another power of one half, or another normalization")
                .list();
    }

    private int scaled(int channels) {
        return (int) (channels * capacity);
    }

    ClassifierArchitecture architecture(Operators operators) {
        int trunk = depth.stages().stream()
                .mapToInt(stage -> ENTRIES * stage.size() + 1)
                .sum();
        Design design = new Design("membership-cnn", depth.least(), this::body, new LinearHead.Plan(name(trunk + 3)));
        return new StagedArchitecture(design, InputTransform.UNIT, new Beginning.Drawn(), operators);
    }

    private Body body(Shape input, Namespace root) {
        List<Stage> stages = new ArrayList<>();
        Shape maps = input;
        int number = 0;
        for (List<Integer> convolutions : depth.stages()) {
            Layer layer = (x, pass) -> x;
            int inputs = Math.toIntExact(maps.get(0));
            for (int published : convolutions) {
                int channels = scaled(published);
                layer = layer.then(Convolution.biased(root.in(name(number)), inputs, channels, Window.centered(3)))
                        .then(normalization.layer(root.in(name(number + 1)), channels))
                        .then(Rectifier.relu());
                inputs = channels;
                number += ENTRIES;
            }
            number++;
            maps = HALVING.over(maps, inputs);
            stages.add(new Stage(new Tap("stage" + (stages.size() + 1), maps), layer.then(Pooling.max(HALVING))));
        }
        Layer neck = Pooling.none()
                .then(Linear.of(root.in(name(number + 1)), Math.toIntExact(maps.size()), FEATURES))
                .then(Rectifier.relu());
        return new Body(stages, neck, FEATURES);
    }

    private static String name(int number) {
        return "model." + number;
    }
}
