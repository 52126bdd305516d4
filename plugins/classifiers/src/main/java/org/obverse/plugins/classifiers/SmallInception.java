package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Dropout;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * The benchmark's evaluation model: two 3x3 convolutions of {@code width / 2} and {@code width} channels (the second of
 * stride 2), inception modules of {@code width}, 2, 2 and 3 times {@code width} channels with max pooling before the
 * second and the fourth, global average pooling, dropout and a linear layer. Initial values are torch's.
 */
public record SmallInception(
        @Meaning("channels of the first module, a multiple of 4; the last has three times as many")
        int width,

        @Meaning("probability with which training drops a feature before the linear layer, in [0, 1)")
        double dropout)
        implements Checked {
    public static final SmallInception DEFAULT = new SmallInception(48, 0.3);

    /** With 16 pixels the last stage still has 2x2: training by batch needs more than one value per channel. */
    private static final int LEAST_PIXELS = 16;

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (width < 4 || width % 4 != 0) {
            problems.add(new Problem(
                    "width", width + " channels cannot be shared by four branches", "use a positive multiple of 4"));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            problems.add(
                    new Problem("dropout", dropout + " is not a share that leaves anything", "use a value in [0, 1)"));
        }
        return problems;
    }

    ClassifierArchitecture architecture(Operators operators) {
        return new StagedArchitecture(
                new Design("small-inception", LEAST_PIXELS, this::body, new LinearHead.Plan("fc")), operators);
    }

    private Body body(Shape input, Namespace root) {
        Window same = Window.centered(3);
        Window halving = same.every(2);
        NormalizedConvolutions convolutions = NormalizedConvolutions.torch(root);
        InceptionModules modules = new InceptionModules(convolutions);
        Layer stem = convolutions
                .layer("conv1", Math.toIntExact(input.get(0)), width / 2, same)
                .then(convolutions.layer("conv2", width / 2, width, halving));
        Shape first = halving.over(input, width);
        Shape second = halving.over(first, 2 * width);
        Shape third = halving.over(second, 3 * width);
        return new Body(
                List.of(
                        new Stage(new Tap("stage1", first), stem.then(modules.module("module1", width, width))),
                        new Stage(
                                new Tap("stage2", second),
                                Pooling.max(halving)
                                        .then(modules.module("module2", width, 2 * width))
                                        .then(modules.module("module3", 2 * width, 2 * width))),
                        new Stage(
                                new Tap("stage3", third),
                                Pooling.max(halving).then(modules.module("module4", 2 * width, 3 * width)))),
                Pooling.global().then(Dropout.of("dropout", dropout)));
    }
}
