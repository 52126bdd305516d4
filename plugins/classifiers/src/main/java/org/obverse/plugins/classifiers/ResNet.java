package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;
import org.obverse.plugins.classifiers.ResidualStages.Residual;

/**
 * torchvision's residual networks: a 7x7 convolution of stride 2, max pooling, four stages of 64, 128, 256 and 512
 * channels (four times that with bottlenecks), global average pooling and {@code fc}. Tensors are those of torchvision's
 * state dict in that order, but for {@code num_batches_tracked}, which nothing reads.
 *
 * @param blocks of each stage
 */
record ResNet(String name, List<Integer> blocks, Residual residual) {
    private static final Residual BASIC = new Residual.Basic();
    private static final Residual BOTTLENECK = new Residual.Bottleneck(1, 64);

    /** He et al. 2016, Table 1. */
    static final ResNet RESNET_18 = new ResNet("resnet18", List.of(2, 2, 2, 2), BASIC);

    static final ResNet RESNET_34 = new ResNet("resnet34", List.of(3, 4, 6, 3), BASIC);
    static final ResNet RESNET_50 = new ResNet("resnet50", List.of(3, 4, 6, 3), BOTTLENECK);
    static final ResNet RESNET_101 = new ResNet("resnet101", List.of(3, 4, 23, 3), BOTTLENECK);
    static final ResNet RESNET_152 = new ResNet("resnet152", List.of(3, 8, 36, 3), BOTTLENECK);

    /** Xie et al. 2017, Table 1: 32 groups of 4 channels in the first stage. */
    static final ResNet RESNEXT_50 = new ResNet("resnext50", List.of(3, 4, 6, 3), new Residual.Bottleneck(32, 32 * 4));

    /** 32 groups of 8 channels in the first stage. */
    static final ResNet RESNEXT_101 =
            new ResNet("resnext101", List.of(3, 4, 23, 3), new Residual.Bottleneck(32, 32 * 8));

    /** With 32 pixels the last stage has 1x1: smaller images would lose stages. */
    private static final int LEAST_PIXELS = 32;

    private static final int WIDTH = 64;

    Design design() {
        ResidualBody body = new ResidualBody(ResidualStages.named(blocks, residual), this::body);
        return new Design(name, LEAST_PIXELS, body, new LinearHead.Plan("fc"));
    }

    private Body body(Shape input, Namespace root, ScaledShortcuts shortcuts) {
        ResidualStages stages =
                new ResidualStages(root, Normalization.BATCH, Kaiming.normalFanOut(), residual, shortcuts);
        Window stem = new Window(7, 2, 3);
        Window pooling = new Window(3, 2, 1);
        Layer before = stages.stem(input, WIDTH, stem).then(Pooling.max(pooling));
        Shape maps = pooling.over(stem.over(input, WIDTH), WIDTH);
        return new Body(stages.stages(before, maps, blocks, WIDTH), Pooling.global());
    }
}
