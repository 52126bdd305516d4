package org.obverse.plugins.wgan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Criticized;
import org.obverse.api.network.Pass;
import org.obverse.gans.ConvolutionalGenerator;
import org.obverse.gans.WassersteinCritic;

/** A generator beside the critic that it was trained against, which judges every image alone. */
record CriticizedGenerator(ConvolutionalGenerator generator, WassersteinCritic critic) implements Criticized {
    @Override
    public int latentSize() {
        return generator.latentSize();
    }

    @Override
    public Shape image() {
        return generator.image();
    }

    @Override
    public Shape searchSpace() {
        return generator.searchSpace();
    }

    @Override
    public NDArray locate(NDArray z) {
        return generator.locate(z);
    }

    @Override
    public NDArray generate(NDArray points) {
        return generator.generate(points);
    }

    @Override
    public NDArray realness(NDArray images) {
        Pass evaluation = generator.evaluation();
        return critic.realness(images, evaluation);
    }

    @Override
    public int groupSize() {
        return 1;
    }
}
