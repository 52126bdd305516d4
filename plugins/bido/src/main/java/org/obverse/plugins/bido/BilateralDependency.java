package org.obverse.plugins.bido;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.network.Activations;
import org.obverse.api.tensor.Operators;

/**
 * What bilateral dependency optimization adds to the cross-entropy (Peng et al. 2022, arXiv 2206.05483):
 *
 * <pre>  Σ_l [λx d(h_l, x) - λy d(h_l, Y)]</pre>
 *
 * over the activations h_l, with Gaussian kernels of the images x and of h_l, and the linear kernel of the one-hot labels
 * Y. Kernels and d are computed in float64, whatever the network computes in, and on its device.
 *
 * <p>Both measures grow with the number m of samples of a batch, so that weights found with one batch size mean
 * something else with another. The last batch of an epoch may be smaller: d is finite for every m, and 0 for m = 1.
 */
record BilateralDependency(Layers layers, Dependence dependence, Operators operators) implements LossTerm {
    @Override
    public Set<String> taps() {
        return Set.copyOf(layers.taps());
    }

    /** The two weights are inside the term, which is 0 if both are. */
    @Override
    public double weight() {
        return layers.inputWeight() == 0 && layers.labelWeight() == 0 ? 0 : 1;
    }

    @Override
    public Role role() {
        return Role.BESIDE_CROSS_ENTROPY;
    }

    @Override
    public boolean mixesSamples() {
        return true;
    }

    @Override
    public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
        NDArray inputs = dependence.operator(Kernels.centered(gaussian(images)));
        NDArray oneHot = labels.oneHot(Math.toIntExact(targets.getShape().get(1)), DataType.FLOAT64);
        NDArray classes = dependence.operator(Kernels.centered(Kernels.linear(oneHot)));
        NDArray total = images.getManager().create(0.0);
        for (String tap : layers.taps()) {
            NDArray hidden = dependence.operator(Kernels.centered(gaussian(activations.tap(tap))));
            if (layers.inputWeight() != 0) {
                total = total.add(dependence.between(hidden, inputs).mul(layers.inputWeight()));
            }
            if (layers.labelWeight() != 0) {
                total = total.sub(dependence.between(hidden, classes).mul(layers.labelWeight()));
            }
        }
        return operators.cast(total, activations.logits().getDataType());
    }

    private NDArray gaussian(NDArray samples) {
        NDArray wide = operators.cast(samples, DataType.FLOAT64);
        return Kernels.gaussian(wide.reshape(new Shape(samples.getShape().get(0), -1)), layers.sigma());
    }
}
