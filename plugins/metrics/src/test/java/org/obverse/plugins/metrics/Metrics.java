package org.obverse.plugins.metrics;

import java.util.List;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.testkit.Workbench;

/** The metrics under test, as plans would configure them. */
final class Metrics {
    private Metrics() {}

    /** No settings. */
    record Nothing() {}

    /** The metrics that judge reconstructions without training anything. */
    static List<Metric> judging(Workbench bench) {
        return List.of(
                accuracy(""),
                distance(FeatureDistanceMetric.Distance.SQUARED),
                frechet(bench),
                prdc(2, Prdc.Definition.USUAL),
                audit(),
                diversity());
    }

    static Metric accuracy(String model) {
        return new AttackAccuracyMetric(new AttackAccuracyMetric.Configuration(model));
    }

    static Metric distance(FeatureDistanceMetric.Distance distance) {
        return distance(distance, Tap.PENULTIMATE);
    }

    static Metric distance(FeatureDistanceMetric.Distance distance, String tap) {
        return new FeatureDistanceMetric(new FeatureDistanceMetric.Configuration("", distance, tap));
    }

    static Metric frechet(Workbench bench) {
        return new FrechetDistanceMetric(
                FrechetDistanceMetric.Configuration.DEFAULT, new FrechetDistance(bench.operators()));
    }

    static Metric audit() {
        return new TypeOneAuditMetric(TypeOneAuditMetric.Configuration.DEFAULT);
    }

    static Metric diversity() {
        return new DiversityMetric(DiversityMetric.Configuration.DEFAULT);
    }

    static Metric prdc(int k, Prdc.Definition definition) {
        return new PrdcMetric(new PrdcMetric.Configuration("", k, definition));
    }

    static Metric extraction(Workbench bench, TrainingRecipe recipe, ClassifierArchitecture student) {
        return new KnowledgeExtractionMetric(
                new KnowledgeExtractionMetric.Configuration("", Use.of("student"), recipe),
                withStudent(bench, student));
    }

    static Metric stealing(
            Workbench bench, Answers answers, int queries, TrainingRecipe recipe, ClassifierArchitecture student) {
        return new ModelStealingMetric(
                new ModelStealingMetric.Configuration(answers, queries, Use.of("student"), recipe),
                withStudent(bench, student));
    }

    private static Workbench withStudent(Workbench bench, ClassifierArchitecture student) {
        return bench.with(new Component<>(
                Kind.CLASSIFIER, "student", "A student.", new Nothing(), (settings, resources) -> student));
    }

    /** The published recipe in small steps, without augmentation. */
    static TrainingRecipe recipe(double learningRate, int epochs) {
        TrainingRecipe published = KnowledgeExtractionMetric.Configuration.DEFAULT.training();
        return new TrainingRecipe(
                published.optimizer(),
                learningRate,
                published.beta1(),
                published.beta2(),
                published.momentum(),
                published.weightDecay(),
                epochs,
                4,
                published.decay(),
                published.milestones(),
                published.finalLearningRate(),
                published.smoothing(),
                Augmentation.NONE);
    }
}
