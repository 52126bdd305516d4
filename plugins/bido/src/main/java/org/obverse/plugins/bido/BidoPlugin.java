package org.obverse.plugins.bido;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;

/** The table of contents of this jar. */
public final class BidoPlugin implements Plugin {
    private static final String WHAT = "Trains with less dependence of the activations on the images and more on the"
            + " labels, as measured by %s within a batch: weights fit one batch size"
            + " (BiDO, Peng et al. 2022, arXiv 2206.05483).";

    @Override
    public String id() {
        return "bido";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.DEFENSE,
                        "bido-hsic",
                        WHAT.formatted("the normalised Hilbert-Schmidt independence criterion"),
                        BidoHsic.DEFAULT,
                        configuration -> requirements(configuration.inputWeight(), configuration.labelWeight()),
                        (configuration, resources) -> configuration.defense(resources.operators())),
                new Component<>(
                        Kind.DEFENSE,
                        "bido-coco",
                        WHAT.formatted("constrained covariance"),
                        BidoCoco.DEFAULT,
                        configuration -> requirements(configuration.inputWeight(), configuration.labelWeight()),
                        (configuration, resources) -> configuration.defense(resources.operators())));
    }

    private static Requirements requirements(double inputWeight, double labelWeight) {
        return inputWeight == 0 && labelWeight == 0 ? Requirements.none().trait(Trait.IDLE) : Requirements.none();
    }
}
