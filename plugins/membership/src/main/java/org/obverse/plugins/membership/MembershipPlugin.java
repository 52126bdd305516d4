package org.obverse.plugins.membership;

import java.util.List;
import java.util.function.Function;
import org.obverse.api.data.Part;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;

/** The table of contents of this jar. */
public final class MembershipPlugin implements Plugin {
    @Override
    public String id() {
        return "membership";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                attack(
                        "average-loss",
                        "A member is whose loss is below the mean loss of known members (Yeom et al. 2018, algorithm 1).",
                        AverageLoss.Configuration.DEFAULT,
                        configuration -> Requirements.none().access(ScoreOracle.class),
                        AverageLoss::new),
                attack(
                        "tuned-threshold",
                        "A member is whose loss, or another signal, passes a threshold that was tuned on known samples.",
                        TunedThreshold.Configuration.DEFAULT,
                        configuration -> Requirements.none().access(ScoreOracle.class),
                        TunedThreshold::new),
                attack(
                        "gap",
                        "A member is who is classified rightly: from labels alone, the floor of all attacks (Yeom et al. 2018).",
                        Gap.Configuration.DEFAULT,
                        configuration -> Requirements.none().access(LabelOracle.class),
                        Gap::new),
                attack(
                        "per-class-thresholds",
                        "A member is whose signal passes the threshold of its class (Song and Mittal 2021).",
                        PerClassThresholds.Configuration.DEFAULT,
                        configuration -> configuration.from() == PerClassThresholds.From.REFERENCES
                                ? Requirements.none().access(ScoreOracle.class).reads(Reading.REFERENCES)
                                : Requirements.none().access(ScoreOracle.class),
                        PerClassThresholds::new),
                attack(
                        "augmentation-aware",
                        "Asks about samples as the target's training would have shown them (Kaya and Dumitras 2021).",
                        AugmentationAware.Configuration.DEFAULT,
                        configuration -> Requirements.none()
                                .access(ScoreOracle.class)
                                .reads(Reading.TRAINING)
                                .coupled("the training draws its batches as a whole, and may mix their samples"),
                        AugmentationAware::new),
                attack(
                        "shadow-classifier",
                        "A classifier per class learns from reference models what members look like (Shokri et al. 2017).",
                        ShadowClassifier.Configuration.DEFAULT,
                        configuration ->
                                Requirements.none().access(ScoreOracle.class).reads(Reading.REFERENCES),
                        ShadowClassifier::new),
                attack(
                        "lira",
                        "How likely the target's confidence is among reference models that were trained on a sample, and among"
                                + " others (Carlini et al. 2022).",
                        LikelihoodRatio.Configuration.DEFAULT,
                        configuration ->
                                Requirements.none().access(ScoreOracle.class).reads(Reading.REFERENCES),
                        LikelihoodRatio::new),
                attack(
                        "rmia",
                        "How many population samples a sample beats by its confidence, each against reference models (Zarifzadeh et"
                                + " al. 2024).",
                        RelativeMembership.Configuration.DEFAULT,
                        configuration ->
                                Requirements.none().access(ScoreOracle.class).reads(Reading.REFERENCES),
                        RelativeMembership::new),
                new Component<>(
                        Kind.METRIC,
                        "membership",
                        "AUC, advantage and balanced accuracy of membership attacks, with their ROC curves.",
                        MembershipFigures.Configuration.DEFAULT,
                        configuration -> Requirements.none(),
                        MembershipFigures::new),
                new Component<>(
                        Kind.METRIC,
                        "tpr-at-fpr",
                        "True positive rate of membership attacks at a low false positive rate (Carlini et al. 2022).",
                        TruePositives.Configuration.DEFAULT,
                        configuration -> Requirements.none(),
                        TruePositives::new),
                new Component<>(
                        Kind.METRIC,
                        "distance-to-confident",
                        "DtC: the smallest change of an image that makes the target confident in the image's own class, and how well it"
                                + " tells training from test images (Kaya, Hong and Dumitras 2020; our parametrisation).",
                        DistanceToConfident.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING).data(Part.TEST),
                        DistanceToConfident::new));
    }

    private static <C extends Record> Component<C, MembershipAttack> attack(
            String name,
            String summary,
            C defaults,
            Function<C, Requirements> requirements,
            Component.Factory<C, MembershipAttack> factory) {
        return new Component<>(Kind.MEMBERSHIP_ATTACK, name, summary, defaults, requirements, factory);
    }
}
