package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.random.RandomStream;

/** What one pass adds to a layer's offset: nothing beyond what the layer has built in, or fresh noise. */
@FunctionalInterface
interface NoiseSource {
    /** The offset as it is. */
    NoiseSource BUILT_IN = (y, offset, strength) -> offset;

    /**
     * @param y the layer's convolution, {@code [N, out, H, W]}
     * @param offset what is added anyway, scaled by √2
     * @param strength of the layer's noise
     */
    NDArray added(NDArray y, NDArray offset, NDArray strength);

    /** Standard normal noise from a stream, sample by sample and layer by layer in the order of the pass. */
    static NoiseSource random(RandomStream stream) {
        return (y, offset, strength) -> {
            Shape shape = y.getShape();
            Shape one = new Shape(shape.get(0), 1, shape.get(2), shape.get(3));
            NDArray noise = y.getManager().create(stream.gaussians(Math.toIntExact(one.size())), one);
            return noise.mul(strength).mul(Activation.GAIN).add(offset);
        };
    }
}
