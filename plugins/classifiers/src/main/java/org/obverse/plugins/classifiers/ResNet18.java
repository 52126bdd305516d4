package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * torchvision's {@code resnet18}: a 7x7 convolution of stride 2, max pooling, four stages of two basic blocks with 64,
 * 128, 256 and 512 channels, global average pooling and {@code fc}. It has nothing to configure. Its tensors are those of
 * torchvision's state dict in that order, but for {@code num_batches_tracked}, which nothing reads.
 */
public record ResNet18() {
    /** With 32 pixels the last stage has 1x1: smaller images would lose stages. */
    private static final int LEAST_PIXELS = 32;

    private static final int WIDTH = 64;
    private static final int STAGES = 4;
    private static final int BLOCKS = 2;

    ClassifierArchitecture architecture(Operators operators) {
        return new StagedArchitecture("resnet18", LEAST_PIXELS, operators, ResNet18::body);
    }

    private static Body body(Shape input, Namespace root) {
        ResidualStages residual = new ResidualStages(root, Normalization.BATCH, Kaiming.normalFanOut());
        Window stem = new Window(7, 2, 3);
        Window pooling = new Window(3, 2, 1);
        Layer before = residual.stem(input, WIDTH, stem).then(Pooling.max(pooling));
        Shape maps = pooling.over(stem.over(input, WIDTH), WIDTH);
        return new Body(residual.stages(before, maps, STAGES, BLOCKS, WIDTH), Pooling.global());
    }
}
