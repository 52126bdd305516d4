package org.obverse.plugins.plg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.gans.ClassLayout;
import org.obverse.gans.ConditionalTrunk;
import org.obverse.gans.SpectralWeight;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/**
 * The discriminator of PLG-MI with projection (Miyato and Koyama 2018): of the features h of a {@link ConditionalTrunk}, {@code w·h + b +
 * ⟨e_y, h⟩}. Every weight but the bias is a {@link SpectralWeight}, with Xavier's uniform values at first.
 */
final class ProjectionDiscriminator {
    private final ConditionalTrunk trunk;
    private final Layer linear;
    private final SpectralWeight embedding;

    private ProjectionDiscriminator(Namespace at, Gradients gradients, ClassLayout layout) {
        this.trunk = ConditionalTrunk.of(at, gradients, layout);
        int channels = trunk.features();
        this.embedding = SpectralWeight.of(
                at.in("embedding"), gradients, new Shape(layout.classes(), channels), ConditionalTrunk.xavier(1));
        SpectralWeight weight =
                SpectralWeight.of(at.in("linear"), gradients, new Shape(1, channels), ConditionalTrunk.xavier(1));
        NDArray bias = at.parameters().weight(at.prefix() + "linear.bias", new Shape(1), Kaiming.bias(channels));
        this.linear = (h, pass) ->
                h.matMul(weight.normalized(pass).transpose()).add(bias).reshape(-1);
    }

    /** Takes tensors named {@code down0.*}, {@code down1.*}, …, {@code embedding.*} and {@code linear.*}. */
    static ProjectionDiscriminator of(Namespace at, Gradients gradients, ClassLayout layout) {
        return new ProjectionDiscriminator(at, gradients, layout);
    }

    /**
     * @param images {@code [N, C, H, W]} in [-1, 1]
     * @param condition {@code [N, classes]}, one at each sample's class
     * @return {@code [N]}, large for images that look like real ones of their class
     */
    NDArray apply(NDArray images, NDArray condition, Pass pass) {
        NDArray h = trunk.apply(images, pass);
        return score(h, condition.matMul(embedding.normalized(pass)), pass);
    }

    /**
     * {@code w·h + b + ⟨e, h⟩}.
     *
     * @param h {@code [N, features]}
     * @param embedded e, {@code [N, features]}
     */
    NDArray score(NDArray h, NDArray embedded, Pass pass) {
        return linear.apply(h, pass).add(h.mul(embedded).sum(new int[] {1}));
    }
}
