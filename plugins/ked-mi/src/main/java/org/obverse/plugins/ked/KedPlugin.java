package org.obverse.plugins.ked;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;
import org.obverse.api.plugin.Use;

/** The attack {@code ked-mi} and the stages that it is made of. */
public final class KedPlugin implements Plugin {
    static final Component<KedSettings, Attack> KED = new Component<>(
            Kind.ATTACK,
            "ked-mi",
            "KED-MI: train a GAN that knows the target's confidences, then find a distribution of latents per class (Chen"
                    + " et al., ICCV 2021).",
            KedSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<InversionGanSettings, Preparer> GAN = new Component<>(
            Kind.PREPARER,
            InversionGan.NAME,
            "A GAN whose discriminator learns what the target thinks of public images (Chen et al., ICCV 2021).",
            InversionGanSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(ScoreOracle.class)
                    .data(Part.PUBLIC, "training.batch", settings.training().batch())
                    .prepares(InversionGan.DISCRIMINATOR),
            InversionGan::new);

    static final Component<StandardGaussian.Settings, Sampler> START = new Component<>(
            Kind.SAMPLER,
            StandardGaussian.NAME,
            "The same wide Gaussian over z for every class (Chen et al., ICCV 2021).",
            StandardGaussian.Settings.DEFAULT,
            settings -> Requirements.none().generator(Generator.class).candidates(settings.candidates()),
            (settings, resources) -> new StandardGaussian(settings));

    static final Component<GaussianSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            GaussianAdam.NAME,
            "Adam on mean and log-variance of a Gaussian per candidate (Chen et al., ICCV 2021).",
            GaussianSettings.DEFAULT,
            KedPlugin::requirements,
            GaussianAdam::new);

    static final Component<GaussianDraws.Settings, Selector> DRAWS = new Component<>(
            Kind.SELECTOR,
            GaussianDraws.NAME,
            "Draws from each candidate's Gaussian (Chen et al., ICCV 2021).",
            GaussianDraws.Settings.DEFAULT,
            (settings, resources) -> new GaussianDraws(settings));

    @Override
    public String id() {
        return "ked-mi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(KED, GAN, START, ADAM, DRAWS);
    }

    private static Attack recipe(KedSettings settings) {
        return new Attack(Map.of(
                Stage.PREPARE,
                Use.of(InversionGan.NAME),
                Stage.SAMPLE,
                Use.of(StandardGaussian.NAME),
                Stage.OPTIMIZE,
                Use.of(GaussianAdam.NAME),
                Stage.SELECT,
                new Use(GaussianDraws.NAME, Map.of("draws", settings.results()))));
    }

    private static Requirements requirements(GaussianSettings settings) {
        Requirements needs = Requirements.none()
                .access(WhiteBox.class)
                .part("loss", Kind.IDENTITY_LOSS, settings.loss())
                .trait(Trait.MOVES_NO_POINTS);
        return settings.judgesRealism()
                ? needs.network("realism", InversionGan.DISCRIMINATOR)
                        .coupled("the discriminator compares each image with the others of its batch")
                : needs;
    }
}
