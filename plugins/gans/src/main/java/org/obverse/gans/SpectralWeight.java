package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.networks.Namespace;

/**
 * A weight divided by its largest singular value, {@code W / σ} with {@code σ = uᵀ W v} and W as a matrix {@code [outputs, rest]} (Miyato
 * et al. 2018). Each use in training improves u and v by one power iteration, through which no gradient flows; it does flow
 * through W in σ.
 */
public final class SpectralWeight {
    private static final double EPSILON = 1e-12;

    private final Gradients gradients;
    private final NDArray weight;
    private final NDArray u;

    private SpectralWeight(Gradients gradients, NDArray weight, NDArray u) {
        this.gradients = gradients;
        this.weight = weight;
        this.u = u;
    }

    /** Takes {@code weight} and {@code u}, {@code [outputs]}. */
    public static SpectralWeight of(Namespace at, Gradients gradients, Shape shape, Initial initial) {
        return new SpectralWeight(
                gradients,
                at.parameters().weight(at.prefix() + "weight", shape, initial),
                at.parameters().buffer(at.prefix() + "u", new Shape(shape.get(0)), Initial.normal(1)));
    }

    /** The weight as a layer uses it. */
    public NDArray normalized(Pass pass) {
        return weight.div(norm(pass));
    }

    /** σ, a scalar. */
    NDArray norm(Pass pass) {
        NDArray matrix = weight.reshape(weight.getShape().get(0), -1);
        NDArray left;
        NDArray right;
        try (Gradients.Recording paused = gradients.paused()) {
            right = unit(matrix.transpose().matMul(u.reshape(-1, 1)));
            if (pass.trains()) {
                u.set(new NDIndex("..."), unit(matrix.matMul(right)).reshape(-1));
            }
            left = unit(u.duplicate());
        }
        return left.reshape(1, -1).matMul(matrix).matMul(right).sum();
    }

    private static NDArray unit(NDArray vector) {
        return vector.div(vector.square().sum().sqrt().maximum(EPSILON));
    }
}
