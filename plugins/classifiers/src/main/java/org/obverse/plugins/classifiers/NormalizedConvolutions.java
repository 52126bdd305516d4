package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.Convolution;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Rectifier;
import org.obverse.networks.Window;

/**
 * The layer of inception networks: a convolution without bias, batch normalisation and a ReLU. Each takes {@code
 * conv.weight} and the tensors of {@code bn} under its name.
 *
 * @param epsilon of the normalisation
 * @param initial values of the convolutions
 */
record NormalizedConvolutions(Namespace at, double epsilon, Initial initial) {
    /** As the authors' TensorFlow code normalises, and torchvision and facenet-pytorch after it. */
    private static final double PUBLISHED_EPSILON = 1e-3;

    private static final double TORCH_EPSILON = 1e-5;

    /** With torch's constants and initial values. */
    static NormalizedConvolutions torch(Namespace at) {
        return new NormalizedConvolutions(at, TORCH_EPSILON, Kaiming.uniform());
    }

    /** With the published networks' constant. */
    static NormalizedConvolutions published(Namespace at, Initial initial) {
        return new NormalizedConvolutions(at, PUBLISHED_EPSILON, initial);
    }

    NormalizedConvolutions in(String part) {
        return new NormalizedConvolutions(at.in(part), epsilon, initial);
    }

    NormalizedConvolutions initially(Initial other) {
        return new NormalizedConvolutions(at, epsilon, other);
    }

    Layer layer(String name, int inputs, int outputs, Window window) {
        Namespace here = at.in(name);
        return rectified(Convolution.plain(here.in("conv"), inputs, outputs, window, initial), here, outputs);
    }

    /** With a window of {@code height} by {@code width}, both odd, and an output of its input's extent. */
    Layer layer(String name, int inputs, int outputs, int height, int width) {
        Namespace here = at.in(name);
        Shape kernel = new Shape(height, width);
        return rectified(Convolution.centered(here.in("conv"), inputs, outputs, kernel, initial), here, outputs);
    }

    private Layer rectified(Layer convolution, Namespace here, int outputs) {
        return convolution
                .then(BatchNormalization.of(here.in("bn"), outputs, epsilon))
                .then(Rectifier.relu());
    }
}
