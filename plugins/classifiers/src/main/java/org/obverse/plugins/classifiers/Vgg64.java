package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;

/**
 * The VGG16 of KED-MI (Chen et al. 2021) for images of 64x64: the normalised trunk, all its values in a row, batch
 * normalisation whose shift stays 0, and the head {@code fc_layer}. The penultimate activation is normalised.
 * Training may start from torchvision's {@code vgg16_bn}, as in the published code, whose trunk it takes.
 */
final class Vgg64 {
    private Vgg64() {}

    static Design design() {
        return new Design(
                "vgg16-64",
                VggTrunk.LEAST_PIXELS,
                Vgg64::body,
                new LinearHead.Plan("fc_layer"),
                List.of("fc_layer.", "classifier."),
                List.of("bn."),
                published -> published.replaceFirst("^features\\.", "feature."));
    }

    private static Body body(Shape input, Namespace root) {
        List<Stage> stages = VggTrunk.NORMALIZED.stages(root.in("feature"), input);
        int features =
                Math.toIntExact(stages.get(stages.size() - 1).tap().shape().size());
        Layer neck = Pooling.none().then(BatchNormalization.withFixedShift(root.in("bn"), features));
        return new Body(stages, neck, features);
    }
}
