package org.obverse.plugins.gmi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;

/** The attack {@code gmi} and the stages that it is made of. */
public final class GmiPlugin implements Plugin {
    static final Component<GmiSettings, Attack> GMI = new Component<>(
            Kind.ATTACK,
            "gmi",
            "GMI: from draws of the prior, descend to images that the target takes for the class and a critic finds real"
                    + " (Zhang et al., CVPR 2020).",
            GmiSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<PriorDraws.Settings, Sampler> DRAWS = new Component<>(
            Kind.SAMPLER,
            PriorDraws.NAME,
            "Independent draws from the generator's prior, without asking the target.",
            PriorDraws.Settings.DEFAULT,
            settings -> Requirements.none().generator(Generator.class).candidates(settings.candidates()),
            (settings, resources) -> new PriorDraws(settings));

    static final Component<NesterovSettings, Optimizer> NESTEROV = new Component<>(
            Kind.OPTIMIZER,
            LatentNesterov.NAME,
            "Descent of z with Nesterov's momentum inside a box, held by the generator's critic (Zhang et al., CVPR 2020).",
            NesterovSettings.DEFAULT,
            GmiPlugin::requirements,
            LatentNesterov::new);

    @Override
    public String id() {
        return "gmi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(GMI, DRAWS, NESTEROV);
    }

    private static Attack recipe(GmiSettings settings) {
        Map<Stage, Use> stages = new HashMap<>(settings.prior().stages());
        stages.put(Stage.SAMPLE, new Use(PriorDraws.NAME, Map.of("candidates", settings.restarts())));
        stages.put(Stage.OPTIMIZE, Use.of(LatentNesterov.NAME));
        return new Attack(stages);
    }

    private static Requirements requirements(NesterovSettings settings) {
        Requirements needs = Requirements.none()
                .access(WhiteBox.class)
                .generator(settings.judgesRealism() ? Criticized.class : Generator.class)
                .part("loss", Kind.IDENTITY_LOSS, settings.loss());
        return settings.reduction() == Reduction.MEAN
                ? needs.coupled("gradients are divided by the number of candidates in a batch")
                : needs;
    }
}
