package org.obverse.plugins.ppa;

import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.LatentDescent.Reduction;

/**
 * The attack to the bit as the published code makes it (revision 3087a4f0, August 2024): the draws of NumPy's and torch's
 * generators in their order, one crop for a whole batch, float32 probabilities, the float32 loss averaged over the batch.
 */
final class ReferenceComponents {
    private static final String POOL_NAME = "reference-pool";
    private static final String ADAM_NAME = "reference-latent-adam";
    private static final String CONFIDENCE_NAME = "reference-robust-confidence";

    private static final Losses PUBLISHED = new Losses(DataType.FLOAT32, Reduction.MEAN);

    static final Component<ReferencePpaSettings, Attack> PPA = new Component<>(
            Kind.ATTACK,
            "reference-ppa",
            "The attack ppa with the random draws and the arithmetic of the published code, number for number.",
            ReferencePpaSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<ReferencePoolSettings, Sampler> POOL = new Component<>(
            Kind.SAMPLER,
            POOL_NAME,
            "ranked-pool as in the published code: NumPy's draws, ranked by float32 probabilities.",
            ReferencePoolSettings.DEFAULT,
            settings -> PpaPlugin.POOL.requirements().apply(settings.method()),
            (settings, resources) -> pool(settings));

    static final Component<ReferenceDescentSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            ADAM_NAME,
            "latent-adam as in the published code: torch's draws, one crop per batch, the float32 loss averaged over it.",
            ReferenceDescentSettings.DEFAULT,
            settings -> inOneStream(PpaPlugin.requirements(settings.method(), "method." + PpaPlugin.LOSS)),
            (settings, resources) -> new LatentAdam(
                    settings.method(),
                    resources,
                    (crop, framed, candidates, random) -> ReferenceDraws.crops(settings.seed(), crop, framed),
                    PUBLISHED));

    static final Component<ReferenceSelectionSettings, Selector> CONFIDENCE = new Component<>(
            Kind.SELECTOR,
            CONFIDENCE_NAME,
            "robust-confidence as in the published code: torch's draws, ranked by float32 probabilities.",
            ReferenceSelectionSettings.DEFAULT,
            settings -> inOneStream(PpaPlugin.CONFIDENCE.requirements().apply(settings.method())),
            (settings, resources) -> selector(settings));

    private static final Map<Stage, String> STAGES =
            Map.of(Stage.SAMPLE, POOL_NAME, Stage.OPTIMIZE, ADAM_NAME, Stage.SELECT, CONFIDENCE_NAME);

    private ReferenceComponents() {}

    /** The mean of float32 probabilities, which saturate. */
    static double meanProbability(double... logConfidences) {
        float sum = 0;
        for (double log : logConfidences) {
            sum += (float) Math.exp(log);
        }
        return sum / logConfidences.length;
    }

    private static Score score(Criterion by) {
        return by == Criterion.CONFIDENCE ? ReferenceComponents::meanProbability : by.overViews();
    }

    private static Sampler pool(ReferencePoolSettings settings) {
        return new RankedPool(
                settings.method(),
                (random, size, length) -> ReferenceDraws.pool(settings.seed(), size, length),
                score(settings.method().by()));
    }

    private static Selector selector(ReferenceSelectionSettings settings) {
        return new RobustConfidence(
                settings.method(),
                (selection, classes, cutter, random) ->
                        ReferenceDraws.views(settings.seed(), selection, classes, cutter),
                score(settings.method().by()));
    }

    private static Attack recipe(ReferencePpaSettings settings) {
        Map<Stage, Use> stages = new EnumMap<>(Stage.class);
        PpaPlugin.recipe(settings.method())
                .stages()
                .forEach((stage, use) -> stages.put(
                        stage,
                        new Use(
                                STAGES.getOrDefault(stage, use.name()),
                                Map.of("seed", settings.seed(), "method", use.settings()))));
        return new Attack(stages);
    }

    /** Its draws go through all classes in one stream, so a stage cannot be cut into units. */
    private static Requirements inOneStream(Requirements needs) {
        return needs.granularity(Granularity.ALL_CLASSES)
                .coupled("the published code draws for all classes from one stream, a batch sharing each crop");
    }
}
