package org.obverse.plugins.ifgmi;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Staged;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;
import org.obverse.api.plugin.Use;

/** The attack {@code if-gmi}, whose sampler is PPA's, and the stage that is its own. */
public final class IfGmiPlugin implements Plugin {
    /** Of the plugin {@code ppa}. */
    private static final String RANKED_POOL = "ranked-pool";

    static final Component<IfGmiSettings, Attack> IF_GMI = new Component<>(
            Kind.ATTACK,
            "if-gmi",
            "IF-GMI: PPA's start points, then a search that goes through the generator's features block by block (Qiu et"
                    + " al., ECCV 2024).",
            IfGmiSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<FeatureSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            FeatureAdam.NAME,
            "Adam on style vectors and, block by block, on the generator's features (Qiu et al., ECCV 2024).",
            FeatureSettings.DEFAULT,
            IfGmiPlugin::requirements,
            FeatureAdam::new);

    @Override
    public String id() {
        return "if-gmi";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(IF_GMI, ADAM);
    }

    private static Requirements requirements(FeatureSettings settings) {
        Requirements needs = Requirements.none()
                .access(WhiteBox.class)
                .generator(Staged.class)
                .part("loss", Kind.IDENTITY_LOSS, settings.loss())
                .trait(Trait.MOVES_NO_POINTS);
        return settings.chosen() instanceof Layer.ByTarget ? needs.trait(Trait.ASKS_TARGET) : needs;
    }

    private static Attack recipe(IfGmiSettings settings) {
        int crop = settings.centerCrop();
        int resize = settings.resize();
        return new Attack(Map.of(
                Stage.SAMPLE,
                new Use(
                        RANKED_POOL,
                        Map.of("candidates", settings.candidates(), "center-crop", crop, "resize", resize)),
                Stage.OPTIMIZE,
                new Use(FeatureAdam.NAME, Map.of("center-crop", crop, "resize", resize))));
    }
}
