package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Tap;
import org.obverse.networks.Dropout;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * Inception v3 (Szegedy et al. 2016, Table 1) under torchvision's names: convolutions to 192 channels, modules at a
 * twelfth, a 24th and a 48th of the extent, whose last outputs are tapped as {@code stage1} to {@code stage3}, global
 * average pooling, dropout and {@code fc}. The penultimate activation has 2048 numbers.
 *
 * @param initial values of the convolutions
 * @param mean over 3x3 pixels in the pooling branches of all modules but the last
 * @param lastPooling over 3x3 pixels in that of the last module
 * @param auxiliary outputs of the auxiliary head over the second stage, tapped as {@link Tap#AUXILIARY}; 0 for none
 */
record InceptionV3(String name, Initial initial, Layer mean, Layer lastPooling, int auxiliary) {
    /** With 75 pixels the last stage has 1x1. */
    private static final int LEAST_PIXELS = 75;

    /** With 299 pixels the auxiliary head's last convolution has 1x1. */
    private static final int LEAST_PIXELS_WITH_AUXILIARY = 299;

    private static final int FEATURES = 2048;
    private static final double DROPOUT = 0.5;
    private static final Window CUTTING = new Window(3, 1, 0);
    private static final Window HALVING = new Window(3, 2, 0);
    private static final Window SAME = Window.centered(3);

    /**
     * torchvision's network, whose convolutions start from a deviation of 0.1, as its {@code init_weights} has it.
     *
     * @param auxiliary outputs of the auxiliary head; 0 for none
     */
    static InceptionV3 torchvision(int auxiliary) {
        Layer mean = Pooling.average(SAME);
        return new InceptionV3("inception-v3", Initial.normal(0.1), mean, mean, auxiliary);
    }

    /**
     * The port of TensorFlow's network that pytorch-fid brings: means leave padding out, the last module takes the
     * largest value, and there is no auxiliary head.
     */
    static InceptionV3 fid() {
        return new InceptionV3("fid-inception", Kaiming.uniform(), Pooling.averageInside(SAME), Pooling.max(SAME), 0);
    }

    Design design() {
        return new Design(
                name,
                auxiliary == 0 ? LEAST_PIXELS : LEAST_PIXELS_WITH_AUXILIARY,
                this::body,
                new LinearHead.Plan("fc"),
                List.of("fc.", "AuxLogits."));
    }

    private Body body(Shape input, Namespace root) {
        NormalizedConvolutions in = NormalizedConvolutions.published(root, initial);
        InceptionV3Modules modules = new InceptionV3Modules(in, mean);
        Layer stem = stem(in, Math.toIntExact(input.get(0)));
        Shape first = extent(input);
        Shape second = HALVING.over(first, 768);
        Shape third = HALVING.over(second, FEATURES);
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(
                new Tap("stage1", first),
                stem.then(modules.a("Mixed_5b", 192, 32))
                        .then(modules.a("Mixed_5c", 256, 64))
                        .then(modules.a("Mixed_5d", 288, 64))));
        stages.add(new Stage(
                new Tap("stage2", second),
                modules.b("Mixed_6a", 288)
                        .then(modules.c("Mixed_6b", 128))
                        .then(modules.c("Mixed_6c", 160))
                        .then(modules.c("Mixed_6d", 160))
                        .then(modules.c("Mixed_6e", 192))));
        if (auxiliary > 0) {
            stages.add(new Stage(
                    new Tap(Tap.AUXILIARY, new Shape(auxiliary)), auxiliary(in.in("AuxLogits")), Stage.Lead.ASIDE));
        }
        stages.add(new Stage(
                new Tap("stage3", third),
                modules.d("Mixed_7a")
                        .then(modules.e("Mixed_7b", 1280, mean))
                        .then(modules.e("Mixed_7c", FEATURES, lastPooling))));
        return new Body(stages, Pooling.global().then(Dropout.of("dropout", DROPOUT)), FEATURES);
    }

    private static Layer stem(NormalizedConvolutions in, int inputs) {
        return in.layer("Conv2d_1a_3x3", inputs, 32, HALVING)
                .then(in.layer("Conv2d_2a_3x3", 32, 32, CUTTING))
                .then(in.layer("Conv2d_2b_3x3", 32, 64, SAME))
                .then(Pooling.max(HALVING))
                .then(in.layer("Conv2d_3b_1x1", 64, 80, Window.centered(1)))
                .then(in.layer("Conv2d_4a_3x3", 80, 192, CUTTING))
                .then(Pooling.max(HALVING));
    }

    /** What the first modules leave. */
    private static Shape extent(Shape input) {
        Shape shape = input;
        for (Window window : List.of(HALVING, CUTTING, HALVING, CUTTING, HALVING)) {
            shape = window.over(shape, 288);
        }
        return shape;
    }

    /** Section 4; the deviations of its first weights are torchvision's. */
    private Layer auxiliary(NormalizedConvolutions in) {
        return Pooling.average(new Window(5, 3, 0))
                .then(in.layer("conv0", 768, 128, Window.centered(1)))
                .then(in.initially(Initial.normal(0.01)).layer("conv1", 128, 768, new Window(5, 1, 0)))
                .then(Pooling.global())
                .then(Linear.of(in.at().in("fc"), 768, auxiliary, Initial.normal(0.001), Kaiming.bias(768)));
    }
}
