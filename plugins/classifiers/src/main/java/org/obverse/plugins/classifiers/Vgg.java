package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.network.Initial;
import org.obverse.networks.Dropout;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Rectifier;

/**
 * torchvision's {@code vgg16} and {@code vgg16_bn}: the trunk, adaptive average pooling to 7x7, two linear layers with
 * ReLU and dropout, and the head {@code classifier.6}.
 *
 * @param width outputs of the two linear layers
 */
record Vgg(String name, VggTrunk trunk, int width) {
    static final Vgg VGG_16 = new Vgg("vgg16", VggTrunk.PLAIN, 4096);
    static final Vgg VGG_16_BN = new Vgg("vgg16-bn", VggTrunk.NORMALIZED, 4096);

    /** Of the maps that the linear layers see, whatever the extent of the images. */
    private static final int EXTENT = 7;

    private static final double DROPOUT = 0.5;
    private static final Initial SMALL = Initial.normal(0.01);
    private static final Initial ZERO = Initial.constant(0);

    Design design() {
        return new Design(
                name,
                VggTrunk.LEAST_PIXELS,
                this::body,
                (root, features, classes) ->
                        new LinearHead(Linear.of(root.in("classifier.6"), features, classes, SMALL, ZERO)),
                List.of("classifier.6."));
    }

    private Body body(Shape input, Namespace root) {
        List<Stage> stages = trunk.stages(root.in("features"), input);
        Layer neck = Pooling.adaptive(EXTENT)
                .then(Pooling.none())
                .then(dropped(root, "classifier.0", VggTrunk.CHANNELS * EXTENT * EXTENT))
                .then(dropped(root, "classifier.3", width));
        return new Body(stages, neck, width);
    }

    private Layer dropped(Namespace root, String at, int inputs) {
        return Linear.of(root.in(at), inputs, width, SMALL, ZERO)
                .then(Rectifier.relu())
                .then(Dropout.of(at, DROPOUT));
    }
}
