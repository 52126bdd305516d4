package org.obverse.plugins.plg;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Conditional;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;
import org.obverse.api.plugin.Use;

/** The attack {@code plg-mi} and the stages that it is made of. */
public final class PlgPlugin implements Plugin {
    static final Component<PlgSettings, Attack> PLG = new Component<>(
            Kind.ATTACK,
            "plg-mi",
            "PLG-MI: train a conditional GAN on public images that the target labels, then descend within each class (Yuan et"
                    + " al., AAAI 2023).",
            PlgSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<PseudoLabelGanSettings, Preparer> GAN = new Component<>(
            Kind.PREPARER,
            PseudoLabelGan.NAME,
            "A conditional GAN of the public images that the target is surest of for each class (Yuan et al., AAAI 2023).",
            PseudoLabelGanSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(settings.asksInTraining() ? WhiteBox.class : ScoreOracle.class)
                    .data(Part.PUBLIC, PseudoLabels.PER_CLASS, settings.perClass()),
            PseudoLabelGan::new);

    static final Component<ClassDraws.Settings, Sampler> DRAWS = new Component<>(
            Kind.SAMPLER,
            ClassDraws.NAME,
            "Independent draws from a conditional generator's prior, each for its class.",
            ClassDraws.Settings.DEFAULT,
            settings -> Requirements.none().generator(Conditional.class).candidates(settings.candidates()),
            (settings, resources) -> new ClassDraws(settings));

    static final Component<ClassAdamSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            ClassAdam.NAME,
            "Adam on z within a class, under random views of each image (Yuan et al., AAAI 2023).",
            ClassAdamSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(WhiteBox.class)
                    .generator(Conditional.class)
                    .part("loss", Kind.IDENTITY_LOSS, settings.loss())
                    .trait(Trait.MOVES_NO_POINTS),
            ClassAdam::new);

    @Override
    public String id() {
        return "plg-mi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(PLG, GAN, DRAWS, ADAM);
    }

    private static Attack recipe(PlgSettings settings) {
        return new Attack(Map.of(
                Stage.PREPARE,
                Use.of(PseudoLabelGan.NAME),
                Stage.SAMPLE,
                new Use(ClassDraws.NAME, Map.of("candidates", settings.restarts())),
                Stage.OPTIMIZE,
                Use.of(ClassAdam.NAME)));
    }
}
