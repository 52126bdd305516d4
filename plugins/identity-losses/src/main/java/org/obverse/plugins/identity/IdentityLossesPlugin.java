package org.obverse.plugins.identity;

import java.util.List;
import java.util.function.Function;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;

/** The table of contents of this jar. */
public final class IdentityLossesPlugin implements Plugin {
    private static final String LOSS = "loss";

    /** Of losses that do not saturate on the certain targets which negative smoothing makes. */
    private static final Requirements UNSATURATED = Requirements.none().adaptedTo("label-smoothing");

    /** Nothing to be set. */
    public record Configuration() {}

    @Override
    public String id() {
        return "identity-losses";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                ofLogits(
                        "poincare",
                        "The Poincaré distance of the normalised logits from the class's corner, which does not see how"
                                + " certain the target is (Struppek et al., ICML 2022).",
                        LogitLoss.POINCARE),
                loss(
                        "cross-entropy",
                        "The negative logarithm of the class's score. Its gradient vanishes as the target grows certain,"
                                + " later at a higher temperature.",
                        CrossEntropySettings.DEFAULT,
                        settings -> Requirements.none(),
                        (settings, resources) ->
                                LossOfLogits.crossEntropy(settings.temperature(), resources.operators())),
                ofLogits(
                        "max-margin",
                        "The strongest other logit minus the class's own (Yuan et al., AAAI 2023). Unbounded below.",
                        LogitLoss.MAX_MARGIN),
                ofLogits(
                        "logit",
                        "The negative logit of the class (Nguyen et al., CVPR 2023, without its regulariser). Unbounded below.",
                        LogitLoss.LOGIT),
                loss(
                        "matched-cross-entropy",
                        "The cross-entropy at a temperature that is measured: a share of the target's median margin on public"
                                + " images, however certain negative smoothing has made it.",
                        MatchedCrossEntropy.Settings.DEFAULT,
                        settings -> PublicSample.of(settings.images(), UNSATURATED),
                        (settings, resources) -> new MatchedCrossEntropy(settings, resources.operators())),
                loss(
                        "margin-matching",
                        "The distance from the margin that is usual for the target on public images.",
                        MarginMatching.Settings.DEFAULT,
                        settings -> PublicSample.of(settings.images(), UNSATURATED),
                        (settings, resources) -> new MarginMatching(settings, resources.operators())),
                loss(
                        "boundary-distance",
                        "The negative distance of the image from the decision boundary, to first order. Differentiates through a"
                                + " gradient.",
                        new Configuration(),
                        settings -> UNSATURATED,
                        (settings, resources) -> new BoundaryDistance(resources)),
                loss(
                        "boundary-repulsion",
                        "The cross-entropy of neighbours of each point, at a distance that grows while they are recognised:"
                                + " BREP-MI's search (Kahla et al., CVPR 2022) with gradients.",
                        BoundaryRepulsion.Settings.DEFAULT,
                        settings -> UNSATURATED.generator(Generator.class).trait(Trait.AROUND_POINTS),
                        BoundaryRepulsion::new),
                loss(
                        "head-geometry",
                        "The angle between the features and the class's direction in the head; no softmax is asked.",
                        HeadGeometry.Settings.DEFAULT,
                        settings ->
                                PublicSample.of(settings.images(), UNSATURATED).tap(Tap.PENULTIMATE),
                        HeadGeometry::new),
                loss(
                        "feature-regularised",
                        "Another loss, with the features held near their mean on public images (LOMMA, Nguyen et al., CVPR 2023).",
                        FeatureRegularised.Settings.DEFAULT,
                        settings -> PublicSample.of(settings.images(), Requirements.none())
                                .tap(Tap.PENULTIMATE)
                                .part(LOSS, Kind.IDENTITY_LOSS, settings.loss()),
                        FeatureRegularised::new),
                new Component<>(
                        Kind.METRIC,
                        "loss-geometry",
                        "What an attack with gradients has to work with: margins, dispersion of wrong logits, and the angles between the"
                                + " losses' gradients at private test images.",
                        LossGeometryMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TEST),
                        LossGeometryMetric::new),
                new Component<>(
                        Kind.METRIC,
                        "latent-loss-geometry",
                        "The angles between the losses' gradients with respect to the candidates' points.",
                        LatentLossGeometryMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().reads(Requirements.Reading.TARGET),
                        LatentLossGeometryMetric::new));
    }

    private static Component<Configuration, IdentityLoss> ofLogits(String name, String summary, LogitLoss loss) {
        return loss(
                name,
                summary,
                new Configuration(),
                configuration -> Requirements.none(),
                (configuration, resources) -> new LossOfLogits(loss::perSample, resources.operators()));
    }

    private static <C extends Record> Component<C, IdentityLoss> loss(
            String name,
            String summary,
            C defaults,
            Function<C, Requirements> requirements,
            Component.Factory<C, IdentityLoss> factory) {
        return new Component<>(Kind.IDENTITY_LOSS, name, summary, defaults, requirements, factory);
    }
}
