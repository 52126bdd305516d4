package org.obverse.plugins.controls;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;

/**
 * How unlike some images are to a network: the mean over its activations l of {@code d_l(x, x0) = 1/(H W) Σ_hw ‖ŷ_hw - ŷ0_hw‖²}, where ŷ
 * is the activation with the channels of each pixel divided by their Euclidean length (Zhang et al. 2018, eq. 1, with every learned weight
 * 1, and the mean over layers where they sum). An activation without pixels counts as one pixel. Logits are not compared.
 *
 * @param noise for networks that are random at inference
 * @param wanted ŷ0, {@code [N, C, H W]} of each activation
 */
record FeatureDistance(Classifier network, RandomStream noise, List<NDArray> wanted) {
    /** Under the root of a length, so that a pixel without any activation has a gradient; that of the published code. */
    private static final double EPSILON = 1e-10;

    /**
     * @param images {@code [N, ...input]}
     */
    static FeatureDistance from(NDArray images, Classifier network, RandomStream noise) {
        return new FeatureDistance(network, noise, directions(images, network, noise));
    }

    /** Whether a network has an activation that can be compared. */
    static boolean sees(Classifier network) {
        return !compared(network).isEmpty();
    }

    /**
     * @param drawn {@code [N, ...input]}, each held against the image of its row
     * @return {@code [N]}
     */
    NDArray of(NDArray drawn) {
        List<NDArray> found = directions(drawn, network, noise);
        NDArray sum = drawn.getManager().zeros(wanted.get(0).getShape().slice(0, 1));
        for (int i = 0; i < found.size(); i++) {
            NDArray squared = found.get(i).sub(wanted.get(i)).square();
            sum = sum.add(squared.sum(new int[] {1}).mean(new int[] {1}));
        }
        return sum.div(found.size());
    }

    private static List<NDArray> directions(NDArray images, Classifier network, RandomStream noise) {
        Activations activations = network.forward(images, Pass.evaluation(noise));
        return compared(network).stream()
                .map(name -> direction(activations.tap(name)))
                .toList();
    }

    private static List<String> compared(Classifier network) {
        return network.taps().stream()
                .map(Tap::name)
                .filter(name -> !name.equals(Tap.AUXILIARY))
                .toList();
    }

    private static NDArray direction(NDArray tap) {
        NDArray channels = tap.reshape(tap.getShape().get(0), tap.getShape().get(1), -1);
        return channels.div(
                channels.square().sum(new int[] {1}, true).add(EPSILON).sqrt());
    }
}
