package org.obverse.plugins.metrics;

import java.util.List;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;

/** The figures by which attacks and their targets are judged. */
public final class MetricsPlugin implements Plugin {
    @Override
    public String id() {
        return "metrics";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.METRIC,
                        "attack-accuracy",
                        "How often an evaluation model recognises the reconstructions, Acc@1 and Acc@5 (Struppek et al."
                                + " 2022).",
                        AttackAccuracyMetric.Configuration.DEFAULT,
                        (configuration, resources) -> new AttackAccuracyMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "feature-distance",
                        "δ_eval: the distance of a reconstruction to the nearest training image of its class, in an"
                                + " evaluation model's features (Struppek et al. 2022).",
                        FeatureDistanceMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING),
                        (configuration, resources) -> new FeatureDistanceMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "distance-over-steps",
                        "δ_eval at each step of which the optimizer kept a snapshot, as a chart (Struppek et al. 2024, section"
                                + " 4.4).",
                        FeatureDistanceMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING).reads(Reading.SNAPSHOTS),
                        (configuration, resources) -> new DistanceOverStepsMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "knowledge-extraction",
                        "ξ: the accuracy on private images of a student that has seen only the reconstructions"
                                + " (Struppek et al. 2024).",
                        KnowledgeExtractionMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none()
                                .data(Part.TRAINING)
                                .data(Part.TEST)
                                .part("student", Kind.CLASSIFIER, configuration.student()),
                        KnowledgeExtractionMetric::new),
                new Component<>(
                        Kind.METRIC,
                        "test-accuracy",
                        "How often the attacked model recognises private images that it has never seen.",
                        new TestAccuracyMetric.Configuration(),
                        configuration -> Requirements.none().data(Part.TEST),
                        (configuration, resources) -> new TestAccuracyMetric()),
                new Component<>(
                        Kind.METRIC,
                        "calibration-error",
                        "ECE: how far the attacked model's confidence on private test images is from its accuracy"
                                + " (Naeini et al. 2015, in the l2 norm of Struppek et al. 2024).",
                        CalibrationErrorMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TEST),
                        (configuration, resources) -> new CalibrationErrorMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "feature-geometry",
                        "How far training images lie from their own class and from others in the attacked model's"
                                + " features, and whose neighbours they are (Struppek et al. 2024, Fig. 5).",
                        new FeatureGeometryMetric.Configuration(),
                        configuration -> Requirements.none().data(Part.TRAINING),
                        (configuration, resources) -> new FeatureGeometryMetric()),
                new Component<>(
                        Kind.METRIC,
                        "linear-probe",
                        "How well a linear classifier tells test images apart by the attacked model's features, beside the model itself:"
                                + " whether what an attack does not find is gone or hidden.",
                        LinearProbeMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING).data(Part.TEST),
                        LinearProbeMetric::new),
                new Component<>(
                        Kind.METRIC,
                        "t-sne",
                        "A map of training images by the attacked model's features (van der Maaten and Hinton 2008;"
                                + " Struppek et al. 2024, Fig. 4).",
                        TsneMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING),
                        (configuration, resources) -> new TsneMetric(configuration, resources.operators())),
                new Component<>(
                        Kind.METRIC,
                        "frechet-distance",
                        "FID: the Fréchet distance of the reconstructions to the training images of the attacked classes,"
                                + " in an evaluation model's features (Heusel et al. 2017).",
                        FrechetDistanceMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING),
                        (configuration, resources) ->
                                new FrechetDistanceMetric(configuration, new FrechetDistance(resources.operators()))),
                new Component<>(
                        Kind.METRIC,
                        "precision-recall-density-coverage",
                        "How true to the training images of its class a reconstruction is, and how many of them they"
                                + " cover (Kynkäänniemi et al. 2019, Naeem et al. 2020).",
                        PrdcMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING),
                        (configuration, resources) -> new PrdcMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "judge-agreement",
                        "Whether several evaluation models recognise the same reconstructions: recognised by all, by any, by each, and"
                                + " Cohen's κ of each pair.",
                        JudgeAgreementMetric.Configuration.DEFAULT,
                        (configuration, resources) -> new JudgeAgreementMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "type-i-audit",
                        "Whether what an evaluation model recognises survives being saved in 8 bit, blur, JPEG and mirroring, as a likeness does and"
                                + " a Type-I adversarial example need not.",
                        TypeOneAuditMetric.Configuration.DEFAULT,
                        (configuration, resources) -> new TypeOneAuditMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "diversity",
                        "How far the reconstructions of a class lie from each other, relative to its training images, in an evaluation"
                                + " model's features.",
                        DiversityMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TRAINING),
                        (configuration, resources) -> new DiversityMetric(configuration)),
                new Component<>(
                        Kind.METRIC,
                        "adversarial-robustness",
                        "How often the attacked model keeps the class of a test image under projected gradient ascent (Madry et al. 2018),"
                                + " by cross-entropy and by the difference of logits ratio (Croce and Hein 2020): their gap shows masked gradients.",
                        AdversarialRobustnessMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none().data(Part.TEST),
                        AdversarialRobustnessMetric::new),
                new Component<>(
                        Kind.METRIC,
                        "model-stealing",
                        "How well a student copies the attacked model from its answers to public images: labels, scores or logits"
                                + " (Orekondy et al. 2019).",
                        ModelStealingMetric.Configuration.DEFAULT,
                        configuration -> Requirements.none()
                                .data(Part.PUBLIC)
                                .data(Part.TEST)
                                .part("student", Kind.CLASSIFIER, configuration.student()),
                        ModelStealingMetric::new));
    }
}
