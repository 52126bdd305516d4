package org.obverse.plugins.lowrank;

import ai.djl.ndarray.NDArray;
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
 * {@code z = U φ(Vᵀ f) + b} with r numbers {@code Vᵀ f} between features f {@code [N, d]} and logits z {@code [N, C]}, and φ the
 * tanh or nothing. With the tanh {@code |∂z/∂f| ≤ ‖U‖ ‖V‖} (2-norms), and the gradient vanishes where it saturates.
 *
 * <p>After "Rank Matters" (arXiv 2410.05814), whose exact place, rank and loss are not known here: this is no reproduction of it.
 */
final class Factors implements Head {
    private final Layer inner;
    private final Layer outer;
    private final Squashing activation;

    private Factors(LowRankHead settings, Namespace at, int features, int classes) {
        this.inner = Linear.plain(at.in("inner"), features, settings.rank());
        this.outer = Linear.of(at.in("outer"), settings.rank(), classes);
        this.activation = settings.activation();
    }

    /**
     * Its tensors are {@code low-rank.inner.weight}, Vᵀ {@code [r, d]}, {@code low-rank.outer.weight}, U {@code [C, r]}, and {@code
     * low-rank.outer.bias} {@code [C]}.
     */
    static Head.Architecture of(LowRankHead settings, Operators operators) {
        return (features, classes, parameters) ->
                new Factors(settings, Namespace.root(parameters, operators).in("low-rank"), features, classes);
    }

    @Override
    public List<Tap> taps() {
        return List.of();
    }

    @Override
    public Activations classify(NDArray features, Pass pass) {
        NDArray few = inner.apply(features, pass);
        NDArray squashed = activation == Squashing.TANH ? few.tanh() : few;
        return new Activations(outer.apply(squashed, pass), Map.of());
    }
}
