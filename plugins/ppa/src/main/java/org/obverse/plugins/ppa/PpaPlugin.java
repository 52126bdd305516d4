package org.obverse.plugins.ppa;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.metric.Metric;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Use;

/**
 * Plug and Play Attacks and the stages that they are made of.
 *
 * <p>Where the keys of the published configuration (revision 3087a4f0) are found in a plan, with the stages' keys under
 * {@code attack.stages}:
 *
 * <table>
 * <caption>Published key and place in a plan</caption>
 * <tr><td>{@code seed}</td><td>{@code seeds.attack}; {@code attack.seed} of {@code reference-ppa}</td></tr>
 * <tr><td>{@code candidates.num_candidates}</td><td>{@code attack.candidates}</td></tr>
 * <tr><td>{@code candidates.candidate_file}</td><td>{@code sample: {use: stored-points, file: …}}</td></tr>
 * <tr><td>{@code candidate_search.search_space_size}</td><td>{@code sample.pool}</td></tr>
 * <tr><td>{@code candidate_search.center_crop, resize}</td><td>{@code sample.center-crop, resize}</td></tr>
 * <tr><td>{@code candidate_search.horizontal_flip}</td><td>{@code sample.views}</td></tr>
 * <tr><td>{@code candidate_search.batch_size}</td><td>{@code sample.batch}</td></tr>
 * <tr><td>{@code candidate_search.truncation_psi, truncation_cutoff}</td><td>{@code sample.truncation-psi,
 *     truncation-cutoff}</td></tr>
 * <tr><td>{@code candidate_search.clip}</td><td>{@code sample.range}</td></tr>
 * <tr><td>{@code candidate_search.filepath}</td><td>none: every stage's result is an artifact</td></tr>
 * <tr><td>{@code attack.batch_size}</td><td>{@code execution.batch}</td></tr>
 * <tr><td>{@code attack.num_epochs}</td><td>{@code optimize.steps}</td></tr>
 * <tr><td>{@code attack.targets}</td><td>{@code attack.classes}</td></tr>
 * <tr><td>{@code attack.discriminator_loss_weight}</td><td>{@code optimize.discriminator-weight}</td></tr>
 * <tr><td>{@code attack.single_w}</td><td>{@code optimize.search-space}</td></tr>
 * <tr><td>{@code attack.clip}</td><td>{@code optimize.range}</td></tr>
 * <tr><td>{@code attack.transformations}: CenterCrop, Resize</td><td>{@code attack.center-crop, resize}, for all
 *     stages</td></tr>
 * <tr><td>{@code attack.transformations}: RandomResizedCrop</td><td>{@code optimize.random-crop}</td></tr>
 * <tr><td>{@code attack.optimizer}: Adam's lr, betas, eps, weight_decay</td><td>{@code optimize.learning-rate, beta1,
 *     beta2, epsilon, weight-decay}</td></tr>
 * <tr><td>{@code attack.lr_scheduler}: MultiStepLR's milestones, gamma</td><td>{@code optimize.milestones,
 *     milestone-factor}</td></tr>
 * <tr><td>{@code attack.log_progress}</td><td>none: the run's display shows every step</td></tr>
 * <tr><td>{@code final_selection.samples_per_target}</td><td>{@code attack.results}; 0 without the section</td></tr>
 * <tr><td>{@code final_selection.approach}</td><td>{@code select: {use: robust-confidence}}</td></tr>
 * <tr><td>{@code final_selection.iterations}</td><td>{@code select.iterations}</td></tr>
 * <tr><td>{@code stylegan_model, dataset, target_model, evaluation_model}</td><td>{@code generator, data, target,
 *     evaluation}</td></tr>
 * </table>
 *
 * <p>{@code reference-ppa} takes {@code attack}'s keys under {@code attack.method}, and each stage's under the stage's
 * {@code method}.
 */
public final class PpaPlugin implements Plugin {
    private static final String RANKED_POOL = "ranked-pool";
    static final String LOSS = "loss";

    private static final String LATENT_ADAM = "latent-adam";
    private static final String ROBUST_CONFIDENCE = "robust-confidence";

    static final Component<PpaSettings, Attack> PPA = new Component<>(
            Kind.ATTACK,
            "ppa",
            "Plug and Play Attacks: rank a pool of start points, optimize style vectors, keep what is recognised robustly"
                    + " (Struppek et al., ICML 2022).",
            PpaSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<PoolSettings, Sampler> POOL = new Component<>(
            Kind.SAMPLER,
            RANKED_POOL,
            "The most confident points of one pool for all classes (Struppek et al., ICML 2022, first stage).",
            PoolSettings.DEFAULT,
            settings -> Requirements.none()
                    .access(ScoreOracle.class)
                    .generator(Mapped.class)
                    .granularity(Granularity.ALL_CLASSES)
                    .candidates(settings.candidates()),
            (settings, resources) -> new RankedPool(settings));

    static final Component<StoredPointsSettings, Sampler> STORED_POINTS = new Component<>(
            Kind.SAMPLER,
            "stored-points",
            "Start points from a file, such as those of an earlier run (candidate_file of the published PPA code).",
            StoredPointsSettings.DEFAULT,
            settings -> Requirements.none()
                    .generator(Mapped.class)
                    .granularity(Granularity.ALL_CLASSES)
                    .candidates(settings.candidates())
                    .coupled("the file's points go to the classes in the order in which they are requested"),
            (settings, resources) ->
                    new StoredPoints(settings.candidates(), resources.weights(settings.file()), resources.manager()));

    static final Component<DescentSettings, Optimizer> ADAM = new Component<>(
            Kind.OPTIMIZER,
            LATENT_ADAM,
            "Adam on style vectors under random crops (Struppek et al., ICML 2022, second stage).",
            DescentSettings.DEFAULT,
            settings -> requirements(settings, LOSS),
            LatentAdam::new);

    static final Component<SelectionSettings, Selector> CONFIDENCE = new Component<>(
            Kind.SELECTOR,
            ROBUST_CONFIDENCE,
            "The candidates that are recognised best through random crops and flips (Struppek et al., ICML 2022, third"
                    + " stage).",
            SelectionSettings.DEFAULT,
            settings -> Requirements.none().access(ScoreOracle.class).generator(Generator.class),
            (settings, resources) -> new RobustConfidence(settings));

    static final Component<GradientSimilarityMetric.Configuration, Metric> SIMILARITY = new Component<>(
            Kind.METRIC,
            "gradient-similarity",
            "How alike the gradients of consecutive steps were, which latent-adam kept with gradient-similarity: true (Struppek"
                    + " et al. 2024, Fig. 6b).",
            new GradientSimilarityMetric.Configuration(),
            (configuration, resources) -> new GradientSimilarityMetric());

    @Override
    public String id() {
        return "ppa";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                PPA,
                POOL,
                STORED_POINTS,
                ADAM,
                CONFIDENCE,
                SIMILARITY,
                ReferenceComponents.PPA,
                ReferenceComponents.POOL,
                ReferenceComponents.ADAM,
                ReferenceComponents.CONFIDENCE);
    }

    static Attack recipe(PpaSettings settings) {
        Map<String, Object> shared = Map.of("center-crop", settings.centerCrop(), "resize", settings.resize());
        Map<Stage, Use> stages = new EnumMap<>(Stage.class);
        stages.put(Stage.SAMPLE, use(RANKED_POOL, shared, Map.of("candidates", settings.candidates())));
        stages.put(Stage.OPTIMIZE, use(LATENT_ADAM, shared, Map.of()));
        if (settings.results() > 0) {
            stages.put(Stage.SELECT, use(ROBUST_CONFIDENCE, shared, Map.of("results", settings.results())));
        }
        return new Attack(stages);
    }

    private static Use use(String component, Map<String, Object> shared, Map<String, Object> own) {
        Map<String, Object> keys = new HashMap<>(shared);
        keys.putAll(own);
        return new Use(component, keys);
    }

    /**
     * @param loss the key under which the settings' loss stands
     */
    static Requirements requirements(DescentSettings settings, String loss) {
        Requirements needs = Requirements.none()
                .access(WhiteBox.class)
                .generator(Mapped.class)
                .part(loss, Kind.IDENTITY_LOSS, settings.loss());
        if (!settings.judgesRealism()) {
            return needs;
        }
        return needs.generator(Criticized.class)
                .granularity(Granularity.ALL_CLASSES)
                .coupled("the discriminator judges each image beside those of its batch");
    }
}
