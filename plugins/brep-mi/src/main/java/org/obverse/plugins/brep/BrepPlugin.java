package org.obverse.plugins.brep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Use;

/** The attack {@code brep-mi} and the stages that it is made of. */
public final class BrepPlugin implements Plugin {
    static final Component<BrepSettings, Attack> BREP = new Component<>(
            Kind.ATTACK,
            "brep-mi",
            "BREP-MI, from labels alone: draw until the target sees the class, then move away from its boundary (Kahla et"
                    + " al., CVPR 2022).",
            BrepSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<RejectionSettings, Sampler> REJECTION = new Component<>(
            Kind.SAMPLER,
            LabelRejection.NAME,
            "The first draws from the prior that the target takes for each class (Kahla et al., CVPR 2022).",
            RejectionSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(LabelOracle.class)
                    .generator(Generator.class)
                    .granularity(Granularity.ALL_CLASSES)
                    .candidates(settings.candidates()),
            (settings, resources) -> new LabelRejection(settings));

    static final Component<SphereSettings, Optimizer> SPHERES = new Component<>(
            Kind.OPTIMIZER,
            SphereSearch.NAME,
            "Boundary repulsion: steps away from the points of a growing sphere that the target takes for other classes"
                    + " (Kahla et al., CVPR 2022).",
            SphereSettings.DEFAULT,
            settings -> unfiltered(Requirements.none().access(LabelOracle.class).generator(Generator.class)),
            (settings, resources) -> new SphereSearch(settings));

    @Override
    public String id() {
        return "brep-mi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(BREP, REJECTION, SPHERES);
    }

    /** Output filters that keep the first class keep nothing from a search by labels. */
    private static Requirements unfiltered(Requirements needs) {
        return needs.adaptedTo("label-only")
                .adaptedTo("top-k")
                .adaptedTo("rounding")
                .adaptedTo("temperature");
    }

    private static Attack recipe(BrepSettings settings) {
        Map<Stage, Use> stages = new HashMap<>(settings.prior().stages());
        stages.put(
                Stage.SAMPLE,
                new Use(LabelRejection.NAME, Map.of("candidates", settings.candidates(), "range", settings.range())));
        stages.put(Stage.OPTIMIZE, new Use(SphereSearch.NAME, Map.of("range", settings.range())));
        return new Attack(stages);
    }
}
