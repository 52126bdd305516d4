package org.obverse.plugins.bido;

import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;

/** Bilateral dependency optimization with COCO. */
public record BidoCoco(
        @Meaning("activations of the target that are regularised: the outputs of its stages")
        List<String> taps,

        @Meaning("factor of the dependence between activations and images, which training lowers; both weights hold"
                + " for one batch size, as COCO depends on it")
        double inputWeight,

        @Meaning("factor of the dependence between activations and labels, which training raises")
        double labelWeight,

        @Meaning("width of the Gaussian kernels, relative to the root of the number of entries")
        double sigma,

        @Meaning("norm of the kernels' product: spectral (the definition) or frobenius (the published code)")
        Norm norm)
        implements Checked {
    /** The weights that Peng et al. 2022 published for COCO, on MNIST; σ as for HSIC. */
    public static final BidoCoco DEFAULT = new BidoCoco(List.of("stage1", "stage2", "stage3"), 1, 50, 5, Norm.SPECTRAL);

    @Override
    public List<Problem> check() {
        return layers().check();
    }

    Defense defense(Operators operators) {
        return () -> List.of(new BilateralDependency(layers(), new Coco(norm, operators), operators));
    }

    private Layers layers() {
        return new Layers(taps, inputWeight, labelWeight, sigma);
    }
}
