package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Pass;

/**
 * A trained {@link GeneratorNetwork} as later stages see it: its search space is that of z, running statistics normalise,
 * and its images are in [-1, 1].
 *
 * @param evaluation the pass of every image; nothing is drawn from its stream
 */
public record ConvolutionalGenerator(GeneratorNetwork network, Pass evaluation) implements Generator {
    public ConvolutionalGenerator {
        if (evaluation.trains()) {
            throw new IllegalArgumentException("a generator that is attacked through is in evaluation mode");
        }
    }

    @Override
    public int latentSize() {
        return network.layout().latentSize();
    }

    @Override
    public Shape image() {
        return network.layout().image();
    }

    @Override
    public Shape searchSpace() {
        return new Shape(latentSize());
    }

    @Override
    public NDArray locate(NDArray z) {
        return z;
    }

    @Override
    public NDArray generate(NDArray points) {
        return network.images(points, evaluation);
    }
}
