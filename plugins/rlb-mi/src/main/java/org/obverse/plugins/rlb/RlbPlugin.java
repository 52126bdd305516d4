package org.obverse.plugins.rlb;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;

/** The attack {@code rlb-mi} and the stages of its own. */
public final class RlbPlugin implements Plugin {
    static final Component<RlbSettings, Attack> RLB = new Component<>(
            Kind.ATTACK,
            "rlb-mi",
            "RLB-MI, from scores: an agent per class learns to choose latents by soft actor-critic (Han et al., CVPR 2023).",
            RlbSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<SacSettings, Optimizer> SAC = new Component<>(
            Kind.OPTIMIZER,
            SoftActorCritic.NAME,
            "Agents that act once per episode, a bandit where alpha is 0, and learn from the target's scores (Han et al., CVPR"
                    + " 2023; Haarnoja et al. 2018).",
            SacSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(ScoreOracle.class)
                    .generator(Generator.class)
                    .coupled(
                            "agents learn from rewards whose last bits depend on the size of a pass, and learning amplifies that"),
            SoftActorCritic::new);

    @Override
    public String id() {
        return "rlb-mi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(RLB, SAC);
    }

    private static Attack recipe(RlbSettings settings) {
        Map<Stage, Use> stages = new EnumMap<>(Stage.class);
        stages.putAll(settings.prior().stages());
        stages.put(Stage.SAMPLE, new Use(SoftActorCritic.START, Map.of("candidates", settings.candidates())));
        stages.put(Stage.OPTIMIZE, Use.of(SoftActorCritic.NAME));
        return new Attack(stages);
    }
}
