package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;
import org.obverse.networks.ChannelAffine;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/**
 * Instance normalisation (Ulyanov et al. 2016) with torch's constants: each map of each sample gets mean 0 and (biased)
 * variance 1 up to ε = 10⁻⁵, then a factor and an offset per channel. It is the same in training and evaluation, couples
 * no samples, and can be differentiated twice.
 */
final class InstanceNormalization implements Layer {
    private static final double EPSILON = 1e-5;
    private static final int[] PIXELS = {2};

    private final Layer affine;

    private InstanceNormalization(Layer affine) {
        this.affine = affine;
    }

    /** Takes {@code weight} (1 at first) and {@code bias} (0 at first), both {@code [channels]}. */
    static Layer of(Namespace at, int channels) {
        return new InstanceNormalization(ChannelAffine.of(at, channels));
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        Shape shape = x.getShape();
        NDArray maps = x.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
        NDArray centred = maps.sub(maps.mean(PIXELS, true));
        NDArray variance = centred.square().mean(PIXELS, true);
        NDArray normal = centred.mul(variance.add(EPSILON).pow(-0.5));
        return affine.apply(normal.reshape(shape), pass);
    }
}
