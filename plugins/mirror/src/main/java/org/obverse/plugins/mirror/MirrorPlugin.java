package org.obverse.plugins.mirror;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;

/** The attacks {@code mirror} and {@code mirror-black-box} and the stages of theirs that are not PPA's. */
public final class MirrorPlugin implements Plugin {
    /** PPA's sampler: both attacks draw one pool for all classes. */
    private static final String RANKED_POOL = "ranked-pool";

    static final Component<MirrorSettings, Attack> WHITE_BOX = new Component<>(
            Kind.ATTACK,
            "mirror",
            "Mirror with gradients: Adam on style vectors that stay where the prior's are (An et al., NDSS 2022).",
            MirrorSettings.WHITE_BOX,
            (settings, resources) -> recipe(settings, BoundedAdam.NAME));

    static final Component<MirrorSettings, Attack> BLACK_BOX = new Component<>(
            Kind.ATTACK,
            "mirror-black-box",
            "Mirror from scores: a genetic search among style vectors that stay where the prior's are (An et al., NDSS 2022).",
            MirrorSettings.BLACK_BOX,
            (settings, resources) -> recipe(settings, GeneticSearch.NAME));

    static final Component<DescentSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            BoundedAdam.NAME,
            "Adam on one style vector per candidate, clipped to a box after each step (An et al., NDSS 2022).",
            DescentSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(WhiteBox.class)
                    .generator(Mapped.class)
                    .part("loss", Kind.IDENTITY_LOSS, settings.loss()),
            BoundedAdam::new);

    static final Component<GeneticSettings, Optimizer> GENETIC = new Component<>(
            Kind.OPTIMIZER,
            GeneticSearch.NAME,
            "A population of style vectors per class, bred by the target's scores (An et al., NDSS 2022).",
            GeneticSettings.DEFAULT,
            settings -> Requirements.none().access(ScoreOracle.class).generator(Mapped.class),
            (settings, resources) -> new GeneticSearch(settings));

    static final Component<HighestScore.Settings, Selector> HIGHEST = new Component<>(
            Kind.SELECTOR,
            HighestScore.NAME,
            "The candidates that the stage before scored best; asks the target nothing.",
            HighestScore.Settings.DEFAULT,
            (settings, resources) -> new HighestScore(settings));

    @Override
    public String id() {
        return "mirror";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(WHITE_BOX, BLACK_BOX, ADAM, GENETIC, HIGHEST);
    }

    private static Attack recipe(MirrorSettings settings, String optimizer) {
        Map<String, Object> framing = Map.of("center-crop", settings.centerCrop(), "resize", settings.resize());
        Map<String, Object> pool = new HashMap<>(framing);
        pool.putAll(Map.of(
                "pool", settings.pool(),
                "candidates", settings.candidates(),
                "truncation-psi", settings.truncationPsi(),
                "truncation-cutoff", settings.truncationCutoff(),
                "views", "image"));
        Map<String, Object> search = new HashMap<>(framing);
        search.put("box", Map.of("deviations", settings.deviations(), "truncation-psi", settings.truncationPsi()));
        Map<Stage, Use> stages = new EnumMap<>(Stage.class);
        stages.put(Stage.SAMPLE, new Use(RANKED_POOL, pool));
        stages.put(Stage.OPTIMIZE, new Use(optimizer, search));
        if (settings.results() > 0) {
            stages.put(Stage.SELECT, new Use(HighestScore.NAME, Map.of("results", settings.results())));
        }
        return new Attack(stages);
    }
}
