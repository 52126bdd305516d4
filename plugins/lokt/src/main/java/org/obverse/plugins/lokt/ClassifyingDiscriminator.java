package org.obverse.plugins.lokt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.gans.ClassLayout;
import org.obverse.gans.ConditionalTrunk;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;

/** The discriminator of LOKT: two linear heads on the features of a {@link ConditionalTrunk}, without a projection. */
final class ClassifyingDiscriminator {
    private final ConditionalTrunk trunk;
    private final Layer realness;
    private final Layer classes;
    private final Operators operators;

    private ClassifyingDiscriminator(Namespace at, Gradients gradients, ClassLayout layout) {
        this.trunk = ConditionalTrunk.of(at, gradients, layout);
        this.realness = Linear.of(at.in("realness"), trunk.features(), 1);
        this.classes = Linear.of(at.in("classes"), trunk.features(), layout.classes());
        this.operators = at.operators();
    }

    /** Takes tensors named {@code down0.*}, {@code down1.*}, …, {@code realness.*} and {@code classes.*}. */
    static ClassifyingDiscriminator of(Namespace at, Gradients gradients, ClassLayout layout) {
        return new ClassifyingDiscriminator(at, gradients, layout);
    }

    /**
     * What it says of images, in float64.
     *
     * @param realness the logit that an image is real, {@code [N]}
     * @param classes logits, {@code [N, classes]}
     */
    record Opinion(NDArray realness, NDArray classes) {}

    /**
     * @param images {@code [N, C, H, W]} in [-1, 1]
     */
    Opinion apply(NDArray images, Pass pass) {
        NDArray h = trunk.apply(images, pass);
        return new Opinion(
                operators.cast(realness.apply(h, pass).reshape(-1), DataType.FLOAT64),
                operators.cast(classes.apply(h, pass), DataType.FLOAT64));
    }
}
