package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Head;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Branches;
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
 * Inception-ResNet v1 (Szegedy et al. 2017, Fig. 10) as facenet-pytorch defines it: FaceNet. After dropout come {@code
 * last_linear} to 512 numbers and {@code last_bn}; those are the penultimate activation, and divided by their length they
 * are tapped as {@value #EMBEDDING}. The head is {@code logits}. The outputs of the three runs of residual modules are
 * tapped as {@code stage1} to {@code stage3}.
 */
final class InceptionResNetV1 {
    /** What faces are compared by: the penultimate activation, of length 1, {@code [N, 512]}. */
    static final String EMBEDDING = "embedding";

    /** With 75 pixels the last stage has 1x1. */
    private static final int LEAST_PIXELS = 75;

    private static final int FEATURES = 512;
    private static final double DROPOUT = 0.6;
    private static final double EPSILON = 1e-3;
    private static final Window POINT = Window.centered(1);
    private static final Window SAME = Window.centered(3);
    private static final Window CUTTING = new Window(3, 1, 0);
    private static final Window HALVING = new Window(3, 2, 0);

    private InceptionResNetV1() {}

    static Design design() {
        return new Design(
                "inception-resnet-v1",
                LEAST_PIXELS,
                InceptionResNetV1::body,
                (root, features, classes) ->
                        new EmbeddingHead(new LinearHead.Plan("logits").head(root, features, classes)),
                List.of("logits."));
    }

    private static Body body(Shape input, Namespace root) {
        NormalizedConvolutions in = NormalizedConvolutions.published(root, Kaiming.uniform());
        Layer stem = stem(in, Math.toIntExact(input.get(0)));
        Shape first = input;
        for (Window window : List.of(HALVING, CUTTING, HALVING, CUTTING, HALVING)) {
            first = window.over(first, 256);
        }
        Shape second = HALVING.over(first, 896);
        Shape third = HALVING.over(second, 1792);
        List<Stage> stages = List.of(
                new Stage(new Tap("stage1", first), stem.then(run(in.in("repeat_1"), 5, InceptionResNetV1::block35))),
                new Stage(
                        new Tap("stage2", second),
                        reductionA(in.in("mixed_6a")).then(run(in.in("repeat_2"), 10, InceptionResNetV1::block17))),
                new Stage(
                        new Tap("stage3", third),
                        reductionB(in.in("mixed_7a"))
                                .then(run(in.in("repeat_3"), 5, at -> rectified(block8(at, 0.2))))
                                .then(block8(in.in("block8"), 1))));
        Layer neck = Pooling.global()
                .then(Dropout.of("dropout", DROPOUT))
                .then(Linear.plain(root.in("last_linear"), 1792, FEATURES))
                .then(BatchNormalization.of(root.in("last_bn"), FEATURES, EPSILON));
        return new Body(stages, neck, FEATURES);
    }

    private static Layer stem(NormalizedConvolutions in, int inputs) {
        return in.layer("conv2d_1a", inputs, 32, HALVING)
                .then(in.layer("conv2d_2a", 32, 32, CUTTING))
                .then(in.layer("conv2d_2b", 32, 64, SAME))
                .then(Pooling.max(HALVING))
                .then(in.layer("conv2d_3b", 64, 80, POINT))
                .then(in.layer("conv2d_4a", 80, 192, CUTTING))
                .then(in.layer("conv2d_4b", 192, 256, HALVING));
    }

    private static Layer run(NormalizedConvolutions in, int count, Function<NormalizedConvolutions, Layer> block) {
        Layer run = block.apply(in.in("0"));
        for (int i = 1; i < count; i++) {
            run = run.then(block.apply(in.in(String.valueOf(i))));
        }
        return run;
    }

    private static Layer block35(NormalizedConvolutions in) {
        Layer branches = Branches.of(
                in.layer("branch0", 256, 32, POINT),
                in.layer("branch1.0", 256, 32, POINT).then(in.layer("branch1.1", 32, 32, SAME)),
                in.layer("branch2.0", 256, 32, POINT)
                        .then(in.layer("branch2.1", 32, 32, SAME))
                        .then(in.layer("branch2.2", 32, 32, SAME)));
        return rectified(residual(in, branches, 96, 256, 0.17));
    }

    private static Layer block17(NormalizedConvolutions in) {
        Layer branches = Branches.of(
                in.layer("branch0", 896, 128, POINT),
                in.layer("branch1.0", 896, 128, POINT)
                        .then(in.layer("branch1.1", 128, 128, 1, 7))
                        .then(in.layer("branch1.2", 128, 128, 7, 1)));
        return rectified(residual(in, branches, 256, 896, 0.1));
    }

    private static Layer block8(NormalizedConvolutions in, double scale) {
        Layer branches = Branches.of(
                in.layer("branch0", 1792, 192, POINT),
                in.layer("branch1.0", 1792, 192, POINT)
                        .then(in.layer("branch1.1", 192, 192, 1, 3))
                        .then(in.layer("branch1.2", 192, 192, 3, 1)));
        return residual(in, branches, 384, 1792, scale);
    }

    private static Layer reductionA(NormalizedConvolutions in) {
        return Branches.of(
                in.layer("branch0", 256, 384, HALVING),
                in.layer("branch1.0", 256, 192, POINT)
                        .then(in.layer("branch1.1", 192, 192, SAME))
                        .then(in.layer("branch1.2", 192, 256, HALVING)),
                Pooling.max(HALVING));
    }

    private static Layer reductionB(NormalizedConvolutions in) {
        return Branches.of(
                in.layer("branch0.0", 896, 256, POINT).then(in.layer("branch0.1", 256, 384, HALVING)),
                in.layer("branch1.0", 896, 256, POINT).then(in.layer("branch1.1", 256, 256, HALVING)),
                in.layer("branch2.0", 896, 256, POINT)
                        .then(in.layer("branch2.1", 256, 256, SAME))
                        .then(in.layer("branch2.2", 256, 256, HALVING)),
                Pooling.max(HALVING));
    }

    /** {@code x + scale * conv2d(branches(x))}. */
    private static Layer residual(NormalizedConvolutions in, Layer branches, int joined, int outputs, double scale) {
        Layer all = branches.then(Convolution.biased(in.at().in("conv2d"), joined, outputs, POINT));
        return (x, pass) -> x.add(all.apply(x, pass).mul(scale));
    }

    private static Layer rectified(Layer layer) {
        return layer.then(Rectifier.relu());
    }

    /** A head beside which the features are normalised. */
    private record EmbeddingHead(Head head) implements Head {
        private static final double LEAST = 1e-12;

        @Override
        public List<Tap> taps() {
            return List.of(new Tap(EMBEDDING, new Shape(FEATURES)));
        }

        @Override
        public Activations classify(NDArray features, Pass pass) {
            NDArray length = features.square().sum(new int[] {1}, true).sqrt().maximum(LEAST);
            return new Activations(head.classify(features, pass).logits(), Map.of(EMBEDDING, features.div(length)));
        }
    }
}
