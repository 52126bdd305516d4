package org.obverse.plugins.mid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Head;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;

/**
 * The variational information bottleneck of MID (Wang et al. 2021, arXiv 2009.05241) as a head: a linear layer maps the
 * features to μ and s, k numbers each; with {@code σ = softplus(s - 5)} and ε drawn from N(0, I), a second linear layer
 * maps {@code z = μ + σ ε} to the logits. Fresh weights have σ close to 0.0067.
 *
 * <p>ε comes from the pass's stream, sample after sample: what a sample draws depends on its place in the batch, not on
 * how many follow it.
 */
final class Bottleneck implements Head {
    /** The mean μ, {@code [N, k]}. */
    static final String MU = "mu";

    /** The standard deviation σ, {@code [N, k]}. */
    static final String SIGMA = "sigma";

    /** As published: training begins with little noise. */
    private static final double SHIFT = 5;

    private final int size;
    private final InferenceNoise inference;
    private final Layer statistics;
    private final Layer logits;
    private final Operators operators;

    private Bottleneck(int size, InferenceNoise inference, Namespace at, int features, int classes) {
        this.size = size;
        this.inference = inference;
        this.statistics = Linear.of(at.in("statistics"), features, 2 * size);
        this.logits = Linear.of(at.in("logits"), size, classes);
        this.operators = at.operators();
    }

    /**
     * Its tensors are {@code bottleneck.statistics.*}, μ's rows before those of s, and {@code bottleneck.logits.*}.
     *
     * @param size k
     */
    static Head.Architecture of(int size, InferenceNoise inference, Operators operators) {
        return (features, classes, parameters) -> new Bottleneck(
                size, inference, Namespace.root(parameters, operators).in("bottleneck"), features, classes);
    }

    @Override
    public List<Tap> taps() {
        return List.of(new Tap(MU, new Shape(size)), new Tap(SIGMA, new Shape(size)));
    }

    @Override
    public Activations classify(NDArray features, Pass pass) {
        NDArray muAndS = statistics.apply(features, pass);
        NDArray mu = muAndS.get(":, :" + size);
        NDArray sigma = operators.softplus(muAndS.get(":, " + size + ":").sub(SHIFT));
        NDArray z = pass.trains() || inference == InferenceNoise.SAMPLE ? mu.add(sigma.mul(noise(mu, pass))) : mu;
        return new Activations(logits.apply(z, pass), Map.of(MU, mu, SIGMA, sigma));
    }

    private static NDArray noise(NDArray like, Pass pass) {
        float[] draws = pass.noise().child("bottleneck").gaussians(Math.toIntExact(like.size()));
        return like.getManager().create(draws, like.getShape()).toType(like.getDataType(), false);
    }
}
