package org.obverse.plugins.bido;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;

/** Bilateral dependency optimization with HSIC. */
public record BidoHsic(
        @Meaning("activations of the target that are regularised: the outputs of its stages")
        List<String> taps,

        @Meaning("factor of the dependence between activations and images, which training lowers; both weights hold"
                + " for one batch size, as HSIC grows with it")
        double inputWeight,

        @Meaning("factor of the dependence between activations and labels, which training raises")
        double labelWeight,

        @Meaning("width of the Gaussian kernels, relative to the root of the number of entries")
        double sigma,

        @Meaning("ridge of the normalisation, per sample of the batch, at least 1e-12: directions of less variance do"
                + " not count")
        double epsilon)
        implements Checked {
    /** The weakest setting of Struppek et al. 2024, table 3; σ and ε as published by Peng et al. 2022. */
    public static final BidoHsic DEFAULT = new BidoHsic(List.of("stage1", "stage2", "stage3"), 0.05, 0.5, 5, 1e-5);

    /** Below it the inverse in float64 is rounding. */
    private static final double LEAST_EPSILON = 1e-12;

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>(layers().check());
        if (!(epsilon >= LEAST_EPSILON && Double.isFinite(epsilon))) {
            problems.add(new Problem(
                    "epsilon",
                    epsilon + " does not make the kernels invertible",
                    "use at least " + LEAST_EPSILON + ", such as 1e-5"));
        }
        return problems;
    }

    Defense defense(Operators operators) {
        return () -> List.of(new BilateralDependency(layers(), new Hsic(epsilon), operators));
    }

    private Layers layers() {
        return new Layers(taps, inputWeight, labelWeight, sigma);
    }
}
