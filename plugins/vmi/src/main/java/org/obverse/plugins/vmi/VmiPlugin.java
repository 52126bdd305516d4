package org.obverse.plugins.vmi;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;

/** The attack {@code vmi} and the stages that it is made of. */
public final class VmiPlugin implements Plugin {
    static final Component<VmiSettings, Attack> VMI = new Component<>(
            Kind.ATTACK,
            "vmi",
            "VMI: for each class a distribution of latents that the target takes for the class and that stays near the prior"
                    + " (Wang et al., NeurIPS 2021).",
            VmiSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<FlowSettings, Sampler> START = new Component<>(
            Kind.SAMPLER,
            PriorFlows.NAME,
            "Gaussians or normalizing flows over z that begin as the prior (Wang et al., NeurIPS 2021).",
            FlowSettings.DEFAULT,
            settings -> Requirements.none()
                    .generator(settings.layers() > 0 ? Mapped.class : Generator.class)
                    .candidates(settings.candidates()),
            (settings, resources) -> new PriorFlows(settings));

    static final Component<VariationalSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            VariationalAdam.NAME,
            "Adam on the parameters of each distribution (Wang et al., NeurIPS 2021).",
            VariationalSettings.DEFAULT,
            settings -> Requirements.none().access(WhiteBox.class).part("loss", Kind.IDENTITY_LOSS, settings.loss()),
            VariationalAdam::new);

    static final Component<PosteriorDraws.Settings, Selector> DRAWS = new Component<>(
            Kind.SELECTOR,
            PosteriorDraws.NAME,
            "Draws from each candidate's distribution (Wang et al., NeurIPS 2021).",
            PosteriorDraws.Settings.DEFAULT,
            (settings, resources) -> new PosteriorDraws(settings));

    @Override
    public String id() {
        return "vmi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(VMI, START, ADAM, DRAWS);
    }

    private static Attack recipe(VmiSettings settings) {
        return new Attack(Map.of(
                Stage.SAMPLE,
                Use.of(PriorFlows.NAME),
                Stage.OPTIMIZE,
                Use.of(VariationalAdam.NAME),
                Stage.SELECT,
                new Use(PosteriorDraws.NAME, Map.of("draws", settings.results()))));
    }
}
