package org.obverse.plugins.lomma;

import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.Preparer;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;

/** Ingredients for any attack with gradients: what it prepares, and a loss of what was prepared. */
public final class LommaPlugin implements Plugin {
    static final Component<SurrogateSettings, Preparer> SURROGATES = new Component<>(
            Kind.PREPARER,
            Surrogates.NAME,
            "Surrogates that learn from the target's scores of public images, beside what another preparer makes (LOMMA, Nguyen et"
                    + " al., CVPR 2023).",
            SurrogateSettings.DEFAULT,
            LommaPlugin::requirements,
            Surrogates::new);

    static final Component<Ensemble.Settings, IdentityLoss> ENSEMBLE = new Component<>(
            Kind.IDENTITY_LOSS,
            "ensemble",
            "The mean of another loss over the target and networks that the attack prepared, such as surrogates (LOMMA, Nguyen"
                    + " et al., CVPR 2023).",
            Ensemble.Settings.DEFAULT,
            LommaPlugin::requirements,
            Ensemble::new);

    @Override
    public String id() {
        return "lomma";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(SURROGATES, ENSEMBLE);
    }

    private static Requirements requirements(Ensemble.Settings settings) {
        Requirements needs = Requirements.none().part("loss", Kind.IDENTITY_LOSS, settings.loss());
        for (int i = 0; i < settings.networks().size(); i++) {
            needs = needs.network("networks." + i, settings.networks().get(i));
        }
        return settings.target() == 0 ? needs.trait(Trait.ON_SURROGATES) : needs;
    }

    /** Alone it passes on the plan's generator. */
    private static Requirements requirements(SurrogateSettings settings) {
        Requirements needs = Requirements.none()
                .access(ScoreOracle.class)
                .data(Part.PUBLIC, "batch", Distillation.leastImages(settings.batch()))
                .part("classifier", Kind.CLASSIFIER, settings.classifier());
        for (int i = 0; i < settings.count(); i++) {
            needs = needs.prepares(Surrogates.network(i));
        }
        for (int i = 0; i < settings.beside().size(); i++) {
            needs = needs.part("beside." + i, Kind.PREPARER, settings.beside().get(i));
        }
        return settings.beside().isEmpty() ? needs.generator(Generator.class) : needs;
    }
}
