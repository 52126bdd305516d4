package org.obverse.plugins.cma;

import java.util.HashMap;
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

/** The attack {@code cma-es} and its search; the starts are PPA's. */
public final class CmaPlugin implements Plugin {
    private static final String RANKED_POOL = "ranked-pool";

    static final Component<CmaSettings, Attack> ATTACK = new Component<>(
            Kind.ATTACK,
            CmaEs.NAME,
            "CMA-ES from scores, in the box of styles that Mirror keeps to: the baseline for searches without gradients (Hansen,"
                    + " arXiv 1604.00772).",
            CmaSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<EvolutionSettings, Optimizer> SEARCH = new Component<>(
            Kind.OPTIMIZER,
            CmaEs.NAME,
            "Covariance matrix adaptation of style vectors or of points of the prior, by the target's scores (Hansen, arXiv"
                    + " 1604.00772).",
            EvolutionSettings.DEFAULT,
            settings -> Requirements.none().access(ScoreOracle.class).generator(Generator.class),
            CmaEs::new);

    @Override
    public String id() {
        return "cma-es";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(ATTACK, SEARCH);
    }

    private static Attack recipe(CmaSettings settings) {
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
        return new Attack(
                Map.of(Stage.SAMPLE, new Use(RANKED_POOL, pool), Stage.OPTIMIZE, new Use(CmaEs.NAME, search)));
    }
}
