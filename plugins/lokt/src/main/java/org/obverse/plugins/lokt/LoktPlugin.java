package org.obverse.plugins.lokt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Conditional;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;
import org.obverse.api.plugin.Use;

/** The attack {@code lokt} and the stages that it is made of; it starts from the sampler of {@code plg-mi}. */
public final class LoktPlugin implements Plugin {
    private static final String SURROGATES = "surrogates";

    static final Component<LoktSettings, Attack> LOKT = new Component<>(
            Kind.ATTACK,
            "lokt",
            "LOKT: learn from the target's labels a conditional GAN and surrogates, then descend on these (Nguyen et al., NeurIPS"
                    + " 2023).",
            LoktSettings.DEFAULT,
            settings -> naming(settings.surrogates(), Requirements.none()),
            (settings, resources) -> recipe(settings));

    static final Component<TransferSettings, Preparer> TRANSFER = new Component<>(
            Kind.PREPARER,
            KnowledgeTransfer.NAME,
            "A conditional GAN and surrogates that learn from the target's labels of generated images (Nguyen et al., NeurIPS 2023).",
            TransferSettings.DEFAULT,
            LoktPlugin::requirements,
            KnowledgeTransfer::new);

    static final Component<SurrogateAdamSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            SurrogateAdam.NAME,
            "Adam on z within a class, on prepared networks in the place of the target (Nguyen et al., NeurIPS 2023).",
            SurrogateAdamSettings.DEFAULT,
            LoktPlugin::requirements,
            SurrogateAdam::new);

    @Override
    public String id() {
        return "lokt";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(LOKT, TRANSFER, ADAM);
    }

    private static Requirements naming(List<Use> surrogates, Requirements others) {
        Requirements needs = others;
        for (int i = 0; i < surrogates.size(); i++) {
            needs = needs.part(SURROGATES + "." + i, Kind.CLASSIFIER, surrogates.get(i));
        }
        return needs;
    }

    private static Requirements requirements(TransferSettings settings) {
        Requirements needs = Requirements.none()
                .access(LabelOracle.class)
                .data(Part.PUBLIC, "training.batch", settings.training().batch());
        for (int i = 0; i < settings.surrogates().size(); i++) {
            needs = needs.prepares(KnowledgeTransfer.surrogate(i));
        }
        return naming(settings.surrogates(), needs);
    }

    private static Requirements requirements(SurrogateAdamSettings settings) {
        Requirements needs = Requirements.none()
                .trait(Trait.ON_SURROGATES)
                .trait(Trait.MOVES_NO_POINTS)
                .generator(Conditional.class)
                .part("loss", Kind.IDENTITY_LOSS, settings.loss());
        for (int i = 0; i < settings.networks().size(); i++) {
            needs = needs.network("networks." + i, settings.networks().get(i));
        }
        return needs;
    }

    private static Attack recipe(LoktSettings settings) {
        List<Map<String, Object>> surrogates =
                settings.surrogates().stream().map(LoktPlugin::written).toList();
        return new Attack(Map.of(
                Stage.PREPARE,
                new Use(KnowledgeTransfer.NAME, Map.of(SURROGATES, surrogates)),
                Stage.SAMPLE,
                new Use(SurrogateAdam.DRAWS, Map.of("candidates", settings.restarts())),
                Stage.OPTIMIZE,
                new Use(SurrogateAdam.NAME, Map.of("networks", settings.networks()))));
    }

    /** As a plan names a component. */
    private static Map<String, Object> written(Use use) {
        Map<String, Object> entry = new HashMap<>(use.settings());
        entry.put("use", use.name());
        return entry;
    }
}
